import { describe, expect, it } from 'vitest';
import { KnownHosts } from './known-hosts.js';

describe('KnownHosts', () => {
  const hosts = new KnownHosts(['127.0.0.1', 'Ops.Example.com']);

  it.each(['localhost', 'LOCALHOST:9700', '127.0.0.1:9700', '[::1]:9700', '10.1.2.3', 'ops.example.com:80'])(
    'knows %s',
    (host) => {
      expect(hosts.has(host)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    'evil.example/@localhost',
    ' ',
  ])('does not know %j', (host) => {
    expect(hosts.has(host)).toBe(false);
  });
});
