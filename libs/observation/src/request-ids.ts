import { RandomHex } from './random-hex.js';

/** Nothing that JSON would escape: lines of the log hold ids as they are. */
const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;
const DIGITS = 32;

/** Gives each request its id. */
export class RequestIds {
  readonly #random = new RandomHex();

  /** The caller's id when the caller is trusted and the id is harmless, a new one otherwise. */
  idOf(header: string | string[] | undefined, trusted: boolean): string {
    return trusted && typeof header === 'string' && ACCEPTABLE.test(header) ? header : this.#random.take(DIGITS);
  }
}
