import { randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

const POOL_BYTES = 512;

/** Makes trace and span ids: random bytes, asked of the system for many ids at once. */
export class PooledIds implements IdGenerator {
  #pool = '';
  #taken = 0;

  generateTraceId(): string {
    return this.#take(32);
  }

  generateSpanId(): string {
    return this.#take(16);
  }

  /** W3C trace context forbids ids of zeros alone. */
  #take(digits: number): string {
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
