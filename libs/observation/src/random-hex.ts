import { randomBytes } from 'node:crypto';

/** Not more: an id that is remembered keeps all of its pool in memory. */
const POOL_BYTES = 2_048;

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
      if (/[^0]/.test(id)) return id;
    }
  }
}
