import { describe, expect, it } from 'vitest';
import { TrustedPeers } from './trusted-peers.js';

describe('TrustedPeers', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['192.168.7.7', true],
    ['fd12::1', true],
    ['203.0.113.9', false],
    ['::ffff:203.0.113.9', false],
    ['2001:db8::1', false],
    [undefined, false],
  ])('by default says of %s: %s', (address, trusted) => {
    const peers = new TrustedPeers();
    expect([peers.trusts(address), peers.trusts(address)]).toEqual([trusted, trusted]);
  });

  it('trusts nobody when told so', () => {
    const peers = new TrustedPeers('none');
    expect(peers.trusts('127.0.0.1')).toBe(false);
  });

  it('trusts the ranges that it is given, and single addresses', () => {
    const peers = new TrustedPeers(['203.0.113.0/24', '2001:db8::1']);
    expect(
      ['203.0.113.9', '203.0.114.9', '2001:db8::1', '2001:db8::2', '127.0.0.1'].map((a) => peers.trusts(a)),
    ).toEqual([true, false, true, false, false]);
  });

  it.each([['10.0.0.0/33'], ['somewhere'], ['10.0.0.0/x']])('refuses %s as a range, with the way out', (range) => {
    expect(() => new TrustedPeers([range])).toThrow(`"${range}", which is no address range. Write it like`);
  });

  it('refuses a word that it does not know', () => {
    expect(() => new TrustedPeers('public' as never)).toThrow("trust.peers is \"public\". Use 'private', 'none' or");
  });
});
