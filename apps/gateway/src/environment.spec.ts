import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

describe('readEnvironment', () => {
  it('fills in everything but the key set', () => {
    expect(readEnvironment({ JWKS_FILE: 'keys.json' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      managementPort: 9700,
      orderUrl: 'http://127.0.0.1:3001',
      jwksFile: 'keys.json',
      rateLimitPerMinute: 600,
    });
    expect(() => readEnvironment({})).toThrow('gateway: JWKS_FILE is not set.');
  });

  it.each([
    ['PORT', '80.5', 'gateway: PORT "80.5" is out of range. Use an integer from 0 to 65535.'],
    ['MANAGEMENT_PORT', '70000', 'gateway: MANAGEMENT_PORT "70000" is out of range.'],
    ['RATE_LIMIT_PER_MINUTE', '0', 'gateway: RATE_LIMIT_PER_MINUTE "0" is out of range.'],
    ['ORDER_URL', 'ftp://orders', 'gateway: ORDER_URL "ftp://orders" is not an http URL.'],
    ['ORDER_URL', 'orders', 'gateway: ORDER_URL "orders" is not an http URL.'],
  ])('refuses %s "%s" by name and value', (name, text, message) => {
    expect(() => readEnvironment({ JWKS_FILE: 'keys.json', [name]: text })).toThrow(message);
  });
});
