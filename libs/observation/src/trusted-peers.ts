import { BlockList, isIP } from 'node:net';

/** Whose trace context and request id are continued: loopback and private networks, nobody, or these CIDR ranges. */
export type PeerTrust = 'private' | 'none' | readonly string[];

const PRIVATE = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7'];
const MAX_REMEMBERED = 1_000;

/** Tells whether the peer at the other end of a socket may name the trace and the request. */
export class TrustedPeers {
  readonly #ranges = new BlockList();
  readonly #known = new Map<string, boolean>();

  constructor(peers: PeerTrust = 'private') {
    for (const range of rangesOf(peers)) {
      const [address, bits] = range.split('/') as [string, string | undefined];
      const family = isIP(address);
      const prefix = bits === undefined ? (family === 6 ? 128 : 32) : Number(bits);
      if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 6 ? 128 : 32)) {
        throw new Error(
          `ObservabilityModule: trust.peers has "${range}", which is no address range. Write it like "10.0.0.0/8" or "fd00::/8".`,
        );
      }
      this.#ranges.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
    }
  }

  trusts(address: string | undefined): boolean {
    // A peer that has reset its connection has no address any more, and must not gain by it.
    if (address === undefined) return false;
    let trusted = this.#known.get(address);
    if (trusted === undefined) {
      const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
      trusted = this.#ranges.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
      if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
      this.#known.set(address, trusted);
    }
    return trusted;
  }
}

function rangesOf(peers: PeerTrust): readonly string[] {
  if (peers === 'private') return PRIVATE;
  if (peers === 'none') return [];
  if (Array.isArray(peers)) return peers;
  throw new Error(
    `ObservabilityModule: trust.peers is ${JSON.stringify(peers)}. Use 'private', 'none' or a list of CIDR ranges.`,
  );
}
