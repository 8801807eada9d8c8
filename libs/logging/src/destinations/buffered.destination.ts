import { close, closeSync, write } from 'node:fs';
import { Ledger } from '#delivery';
import type { LogDestination } from '../log-destination.js';
import { StderrNotice } from '../stderr-notice.js';
import { contentOf, fits, type LineBlock, WaitingLines } from './waiting-lines.js';
import { writeNow } from './write-now.js';

export interface BufferedDestinationOptions {
  /** How many bytes may wait; a line that finds no room is dropped and counted. */
  readonly maxBytes: number;
  /** From how many bytes on they are written without waiting for more. */
  readonly minBytes: number;
  /** Opens the file descriptor anew for a late line; one that can be opened anew is closed with the last app. */
  readonly reopen?: () => number;
}

const MAX_DELAY_MS = 100;
const MAX_BUSY_RETRY_MS = 100;
const RETRY_MS = 1_000;
/** A write that takes longer than this has nobody at the other end. */
const STALLED_MS = 1_000;

/** A block that is being written. */
interface Chunk {
  readonly block: LineBlock;
  rest: Buffer;
  /** When a thread of Node took what it is writing now; absent between two attempts. */
  since?: number;
  /** How often in a row the reader had no room. */
  busy: number;
}

/**
 * Writes lines to a file descriptor from a bounded buffer: a reader who stalls, a full disk or a closed pipe costs
 * lines, which are counted, and neither the event loop nor the process.
 */
export class BufferedDestination implements LogDestination {
  readonly ledger = new Ledger('logs');
  readonly #notice = new StderrNotice();
  readonly #waiting = new WaitingLines();
  #bytes = 0;
  #underWay: Chunk | undefined;
  #timer: NodeJS.Timeout | undefined;
  #synchronous = false;
  #isWriting = false;
  #isClosed = false;
  /** Why nothing can be written any more. */
  #lost: string | undefined;
  #taken = 0;
  #settled = 0;
  #flushes: { readonly upTo: number; readonly done: () => void }[] = [];

  constructor(
    private readonly fd: number,
    private readonly options: BufferedDestinationOptions,
  ) {
    process.on('exit', this.release);
  }

  write(line: string): void {
    this.ledger.produce();
    if (this.#lost !== undefined) return this.ledger.drop(this.#lost);
    if (this.#synchronous) return this.#writeNow(Buffer.from(line), 1);
    if (!fits(line, this.options.maxBytes - this.#bytes)) return this.#refuse();
    this.#bytes += this.#waiting.add(line);
    this.#taken += 1;
    if (this.#bytes >= this.options.minBytes) this.#start();
    else this.#startIn(MAX_DELAY_MS);
  }

  async flush(deadlineMs: number): Promise<void> {
    const upTo = this.#taken;
    if (this.#settled >= upTo || this.#synchronous) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs);
      this.#flushes.push({ upTo, done: () => (clearTimeout(timer), resolve()) });
      this.#start();
    });
  }

  readonly release = (): void => {
    if (this.#synchronous) return;
    this.#synchronous = true;
    clearTimeout(this.#timer);
    process.off('exit', this.release);
    const chunk = this.#underWay;
    // Whoever writes now would wait for the same reader as the thread that is stuck.
    if (chunk?.since !== undefined && performance.now() - chunk.since > STALLED_MS) return this.#lose('stalled');
    const unsent = chunk?.since === undefined ? chunk : undefined;
    if (unsent !== undefined) this.#underWay = undefined;
    const blocks = this.#waiting.takeAll();
    const bytes = Buffer.concat([unsent?.rest ?? Buffer.alloc(0), ...blocks.map(contentOf)]);
    this.#writeNow(
      bytes,
      blocks.reduce((sum, { lines }) => sum + lines, unsent?.block.lines ?? 0),
    );
    this.#closeWhenDone();
  };

  #refuse(): void {
    this.ledger.drop('buffer_full');
    this.#notice.say('log lines are dropped', 'the buffer is full because nobody reads');
  }

  #startIn(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#start();
    }, delayMs).unref();
  }

  #start(): void {
    const block = this.#underWay === undefined ? this.#waiting.take() : undefined;
    if (block === undefined) return;
    this.#underWay = { block, rest: contentOf(block), busy: 0 };
    this.#send(this.#underWay);
  }

  #send(chunk: Chunk): void {
    if (this.#underWay !== chunk) return;
    chunk.since = performance.now();
    this.#isWriting = true;
    write(this.fd, chunk.rest, 0, chunk.rest.length, null, (error, bytes) => {
      this.#isWriting = false;
      if (this.#underWay === chunk) this.#sent(error, bytes, chunk);
      this.#closeWhenDone();
    });
  }

  #sent(error: NodeJS.ErrnoException | null, bytes: number, chunk: Chunk): void {
    if (error !== null) return this.#failed(error, chunk);
    this.#bytes -= bytes;
    chunk.busy = 0;
    chunk.rest = chunk.rest.subarray(bytes);
    if (chunk.rest.length > 0) return this.#send(chunk);
    this.#underWay = undefined;
    this.#waiting.reuse(chunk.block);
    this.ledger.deliver(chunk.block.lines);
    this.#settle(chunk.block.lines);
  }

  /** A descriptor that is closed under a thread may by then be that of another file. */
  #closeWhenDone(): void {
    const isDone = this.#synchronous && !this.#isWriting && this.#underWay === undefined;
    if (this.options.reopen === undefined || !isDone || this.#isClosed) return;
    this.#isClosed = true;
    close(this.fd, (error) => error && this.#notice.say('the log file could not be closed', error));
  }

  #failed(error: NodeJS.ErrnoException, chunk: Chunk): void {
    const isBusy = error.code === 'EAGAIN';
    if (!isBusy) this.#notice.say('log lines cannot be written', error);
    if (error.code === 'EPIPE' || error.code === 'EBADF') return this.#lose('broken_pipe');
    chunk.since = undefined;
    // What was not written yet stays first, so the lines are whole again when the way out is free.
    const delayMs = isBusy ? Math.min(2 ** chunk.busy++, MAX_BUSY_RETRY_MS) : RETRY_MS;
    setTimeout(() => this.#send(chunk), delayMs).unref();
  }

  #settle(lines: number): void {
    this.#settled += lines;
    for (const { upTo, done } of this.#flushes) if (this.#settled >= upTo) done();
    this.#flushes = this.#flushes.filter(({ upTo }) => this.#settled < upTo);
    if (this.#flushes.length > 0 || this.#bytes >= this.options.minBytes) this.#start();
    else if (this.#bytes > 0) this.#startIn(MAX_DELAY_MS);
  }

  #lose(reason: string): void {
    this.#lost = reason;
    this.#underWay = undefined;
    this.#waiting.takeAll();
    this.#bytes = 0;
    this.ledger.drop(reason, this.ledger.inFlight);
    this.#settle(this.#taken - this.#settled);
  }

  #writeNow(bytes: Buffer, lines: number): void {
    try {
      this.#writeTo(bytes);
      this.ledger.deliver(lines);
    } catch (error) {
      this.#notice.say('log lines cannot be written', error);
      this.ledger.drop('unwritable', lines);
      // It was waited for once; the next line would wait as long.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') this.#lose('stalled');
    }
  }

  #writeTo(bytes: Buffer): void {
    if (!this.#isClosed) return writeNow(this.fd, bytes);
    const fd = this.options.reopen!();
    try {
      writeNow(fd, bytes);
    } finally {
      closeSync(fd);
    }
  }
}
