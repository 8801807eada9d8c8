import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

const COMPLETE = { DATABASE_URL: 'postgres://orders:secret@127.0.0.1:5432/orders', JWKS_FILE: 'keys.json' };

describe('readEnvironment', () => {
  it('fills in host and ports', () => {
    expect(readEnvironment(COMPLETE)).toEqual({
      host: '127.0.0.1',
      port: 3001,
      managementPort: 9701,
      databaseUrl: COMPLETE.DATABASE_URL,
      jwksFile: 'keys.json',
    });
  });

  it.each(['abc', '-1', '65536', '80.5', '0x50'])('refuses PORT "%s" by name and value', (text) => {
    expect(() => readEnvironment({ ...COMPLETE, PORT: text })).toThrow(
      `order: PORT "${text}" is not a port. Use an integer from 0 to 65535.`,
    );
  });

  it('names the variable that is missing', () => {
    expect(() => readEnvironment({ JWKS_FILE: 'keys.json' })).toThrow('DATABASE_URL is not set');
    expect(() => readEnvironment({ DATABASE_URL: COMPLETE.DATABASE_URL })).toThrow('JWKS_FILE is not set');
  });

  it('keeps the password of a wrong DATABASE_URL out of the message', () => {
    const read = () => readEnvironment({ ...COMPLETE, DATABASE_URL: 'mysql://orders:secret@127.0.0.1/orders' });
    expect(read).toThrow('DATABASE_URL is not the URL of a PostgreSQL');
    expect(read).not.toThrow('secret');
  });
});
