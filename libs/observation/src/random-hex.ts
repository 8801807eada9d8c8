import { randomBytes } from 'node:crypto';

/** Not more: an id that is remembered keeps all of its pool in memory. */
const POOL_BYTES = 2_048;
const ZERO = 0x30;

/** Random digits for ids, asked of the system for many ids at once. */
export class RandomHex {
  #pool = '';
  #taken = 0;

  /** So many lower-case hexadecimal digits, never zeros alone, which W3C trace context forbids. */
  take(digits: number): string {
    for (;;) {
      if (this.#taken + digits > this.#pool.length) {
        this.#pool = randomBytes(POOL_BYTES).toString('hex');
        this.#taken = 0;
      }
      const id = this.#pool.slice(this.#taken, (this.#taken += digits));
      // Most ids are told from zeros by their first digit.
      if (id.charCodeAt(0) !== ZERO || /[^0]/.test(id)) return id;
    }
  }
}
