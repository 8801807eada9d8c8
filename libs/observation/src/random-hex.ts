import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 2_048;
const ZERO = 0x30;

/** Random digits for ids, asked of the system for many ids at once. */
export class RandomHex {
  readonly #pool = Buffer.alloc(POOL_BYTES);
  #taken = POOL_BYTES;

  /** So many lower-case hexadecimal digits, an even number; never zeros alone, which W3C trace context forbids. */
  take(digits: number): string {
    const bytes = digits / 2;
    for (;;) {
      if (this.#taken + bytes > POOL_BYTES) {
        randomFillSync(this.#pool);
        this.#taken = 0;
      }
      // A text of its own: one that is cut from a longer text is read much more slowly, and keeps it in memory.
      const id = this.#pool.toString('hex', this.#taken, (this.#taken += bytes));
      // Most ids are told from zeros by their first digit.
      if (id.charCodeAt(0) !== ZERO || /[^0]/.test(id)) return id;
    }
  }
}
