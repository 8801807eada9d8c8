import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isLocalCaller } from './local-caller.js';

describe('isLocalCaller', () => {
  it.each([
    ['the same machine', '127.0.0.1', '127.0.0.1', {}, true],
    ['the same machine by IPv6', '::1', '::1', {}, true],
    ['the same machine on a socket for both families', '::ffff:127.0.0.1', '::ffff:127.0.0.1', {}, true],
    ['the program itself', '127.0.0.1', undefined, {}, true],
    ['another machine', '10.0.0.7', '10.0.0.1', {}, false],
    ['a sidecar in front of a public address', '127.0.0.6', '10.0.0.1', {}, false],
    ['a Unix socket', undefined, undefined, {}, false],
    ['a proxy on the same machine', '127.0.0.1', '127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, false],
    ['a proxy that names itself', '127.0.0.1', '127.0.0.1', { forwarded: 'for=203.0.113.7' }, false],
  ])('tells about %s', (_who, remoteAddress, localAddress, headers, expected) => {
    expect(isLocalCaller({ socket: { remoteAddress, localAddress }, headers } as unknown as IncomingMessage)).toBe(
      expected,
    );
  });
});
