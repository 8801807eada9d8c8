import { isIP } from 'node:net';

/**
 * The names by which a request may address this service. A web page whose own name suddenly points here (DNS
 * rebinding) still sends that name; an address cannot be made to point elsewhere, so every address is known.
 */
export class KnownHosts {
  readonly #names: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  }

  has(hostHeader: string | undefined): boolean {
    const name = URL.parse(`http://${hostHeader ?? ''}`)?.hostname;
    if (name === undefined) return false;
    return this.#names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  }
}
