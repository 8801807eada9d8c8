import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from '#delivery';
import type { LogDestination } from '../log-destination.js';
import { StderrNotice } from '../stderr-notice.js';

const POLL_MS = 5;
/** Tells our own listener from others; it stays for as long as the stream, as a line that is logged late may fail too. */
const OURS = Symbol('OURS');

/** What streams have besides. */
interface StreamLike {
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  listeners?(event: 'error'): object[];
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
    watch(given);
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

/** A stream whose errors nobody listens to ends the process; one listener is enough, whichever apps write there. */
function watch(stream: StreamLike): void {
  if (stream.on === undefined || stream.listeners?.('error').some((listener) => OURS in listener)) return;
  const notice = new StderrNotice();
  const listen = (error: unknown): void => notice.say('the destination of log lines failed', error);
  stream.on('error', Object.assign(listen, { [OURS]: true }));
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | null | undefined)?.then === 'function';
}
