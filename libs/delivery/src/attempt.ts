import type { Send, SendResult } from './delivery.options.js';
import { RetryableError } from './retryable-error.js';

/** Items that travel together, and how often that was tried. */
export interface Batch<T> {
  readonly items: readonly T[];
  readonly count: number;
  /** Place of the first item among all that the queue ever let in. */
  readonly first: number;
  attempts: number;
}

/** Why an attempt was given up before it ended by itself. */
export type Abandonment = 'deadline' | 'shutdown';

export type AttemptOutcome =
  | { arrived: true; rejected: number; reason: string }
  | { arrived: false; reason: Abandonment | 'send_failed'; retryable: boolean; retryAfterMs?: number; error: unknown };

/** One call of `send`, which ends by its deadline even when the receiver, or `send` itself, never does. */
export class Attempt<T> {
  readonly batch: Batch<T>;
  readonly #send: Send<T>;
  readonly #abort = new AbortController();
  #abandoned: Abandonment | undefined;

  constructor(batch: Batch<T>, send: Send<T>) {
    this.batch = batch;
    this.#send = send;
  }

  /** Carries the batch and says what became of it; never rejects. */
  async run(deadlineMs: number): Promise<AttemptOutcome> {
    const { signal } = this.#abort;
    const deadline = setTimeout(() => this.abandon('deadline'), deadlineMs).unref();
    try {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      const sent = new Promise<SendResult | void>((resolve) => resolve(this.#send(this.batch.items, signal)));
      const result = await Promise.race([sent, aborted]);
      return { arrived: true, ...this.#refused(result) };
    } catch (error) {
      return this.#failure(error);
    } finally {
      clearTimeout(deadline);
    }
  }

  abandon(reason: Abandonment): void {
    this.#abandoned ??= reason;
    this.#abort.abort(new Error(`Delivery was given up: ${this.#abandoned}`));
  }

  #refused(result: SendResult | void): { rejected: number; reason: string } {
    const rejected = Number(result?.rejected);
    return {
      rejected: rejected > 0 ? Math.min(Math.trunc(rejected), this.batch.count) : 0,
      reason: String(result?.reason ?? 'rejected'),
    };
  }

  #failure(error: unknown): AttemptOutcome {
    // What a receiver did with a batch that was cut short is unknown; sending it again could double it.
    if (this.#abandoned) return { arrived: false, reason: this.#abandoned, retryable: false, error };
    const retryable = error instanceof RetryableError;
    const retryAfterMs = retryable ? error.retryAfterMs : undefined;
    return { arrived: false, reason: 'send_failed', retryable, retryAfterMs, error };
  }
}
