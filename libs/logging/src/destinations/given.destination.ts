import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from '#delivery';
import type { LogDestination } from '../log-destination.js';
import { StderrNotice } from '../stderr-notice.js';

const POLL_MS = 5;

/** What streams have besides. */
interface StreamLike {
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  readonly writableLength?: number;
}

/** Keeps the destination that an application gave from harming it: by throwing, by failing later, by growing. */
export class GivenDestination implements LogDestination {
  readonly ledger = new Ledger('logs');
  readonly #notice = new StderrNotice();

  constructor(
    private readonly given: Omit<LogDestination, 'ledger'> & StreamLike,
    private readonly maxBytes: number,
  ) {
    // A stream whose errors nobody listens to ends the process.
    given.on?.('error', (error) => this.#notice.say('the destination of log lines failed', error));
  }

  write(line: string): void {
    this.ledger.produce();
    if ((this.given.writableLength ?? 0) + line.length > this.maxBytes) return this.#refuse();
    try {
      const result = this.given.write(line);
      if (isPromise(result)) return void result.then(() => this.ledger.deliver(), this.#failed);
      this.ledger.deliver();
    } catch (error) {
      this.#failed(error);
    }
  }

  async flush(deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    try {
      await this.given.flush?.(deadlineMs);
    } catch (error) {
      this.#notice.say('the destination of log lines failed', error);
    }
    while ((this.given.writableLength ?? 0) > 0 && performance.now() < deadline) await sleep(POLL_MS);
  }

  release(): void {
    this.given.release?.();
  }

  #refuse(): void {
    this.ledger.drop('buffer_full');
    this.#notice.say('log lines are dropped', 'the buffer is full because nobody reads');
  }

  readonly #failed = (error: unknown): void => {
    this.ledger.drop('unwritable');
    this.#notice.say('the destination of log lines failed', error);
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | null | undefined)?.then === 'function';
}
