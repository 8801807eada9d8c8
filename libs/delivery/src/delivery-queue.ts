import { AsyncResource } from 'node:async_hooks';
import { Alarm } from './alarm.js';
import { Attempt, type AttemptOutcome, type Batch } from './attempt.js';
import { backoffMs } from './backoff.js';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.js';
import {
  resolveDeliveryOptions,
  type DeliveryOptions,
  type DeliveryTrouble,
  type ResolvedDeliveryOptions,
} from './delivery.options.js';
import { Flushes } from './flushes.js';
import { Ledger } from './ledger.js';
import { WaitingItems } from './waiting-items.js';

/** A bounded, deadlined and counted way out of the process, which nobody who offers an item ever waits for. */
export class DeliveryQueue<T> {
  readonly ledger: Ledger;
  readonly #options: ResolvedDeliveryOptions<T>;
  readonly #breaker: CircuitBreaker;
  readonly #waiting: WaitingItems<T>;
  readonly #batchSize: number;
  /** Batches to be sent again, before any other. */
  readonly #returned: Batch<T>[] = [];
  /** An array: a Map that entries come to and go from keeps what was in it until all of memory is searched. */
  #underWay: { readonly attempt: Attempt<T>; readonly settled: Promise<void> }[] = [];
  readonly #flushes = new Flushes();
  /** Attempts belong to no request, so they start outside of the context in which an item happened to be offered. */
  readonly #pump = AsyncResource.bind(() => this.#startDueBatches());
  readonly #alarm = new Alarm(this.#pump);

  // Items are numbered as they are let in; these are places in that count.
  #accepted = 0;
  #taken = 0;
  #dueUpTo = 0;

  #dueAt = 0;
  #notBefore = 0;
  #full = false;
  #closed = false;
  #stopped = false;
  #closing: Promise<void> | undefined;

  constructor(options: DeliveryOptions<T>) {
    this.#options = resolveDeliveryOptions(options);
    this.#batchSize = Math.min(this.#options.maxBatch, this.#options.maxItems);
    this.#waiting = new WaitingItems(this.#options);
    this.#breaker = new CircuitBreaker(this.#options);
    this.ledger = new Ledger(this.#options.name);
  }

  /** Says whether attempts go out; while the circuit is open, items wait. */
  get circuit(): CircuitState {
    return this.#breaker.state;
  }

  /** Takes an item for delivery, or says `false` when it is dropped at once; never throws and never waits. */
  offer(item: T): boolean {
    this.ledger.produce();
    const refusal = this.#closed ? 'closed' : this.#waiting.push(item);
    if (refusal) {
      this.ledger.drop(refusal);
      if (refusal === 'queue_full') this.#becomeFull();
      return false;
    }
    this.#accepted += 1;
    const waiting = this.#waiting.length;
    if (waiting === 1) this.#dueAt = performance.now() + this.#options.flushIntervalMs;
    if (waiting % this.#batchSize === 0) this.#alarm.ringIn(0);
    else if (waiting === 1) this.#alarm.ringIn(this.#options.flushIntervalMs);
    return true;
  }

  /** Resolves when all that was offered before has arrived or been dropped, at the latest at the deadline. */
  flush(deadlineMs: number): Promise<void> {
    const upTo = this.#accepted;
    if (this.#settledUpTo() >= upTo) return Promise.resolve();
    this.#dueUpTo = upTo;
    this.#pump();
    return this.#flushes.wait(upTo, deadlineMs);
  }

  /** Refuses further items, flushes, and drops what is left at the deadline with the reason `shutdown`. */
  close(deadlineMs: number): Promise<void> {
    this.#closing ??= this.#close(deadlineMs);
    return this.#closing;
  }

  async #close(deadlineMs: number): Promise<void> {
    this.#closed = true;
    await this.flush(deadlineMs);
    this.#stopped = true;
    this.#alarm.stop();
    for (const { attempt } of this.#underWay) attempt.abandon('shutdown');
    await Promise.all(this.#underWay.map(({ settled }) => settled));
    const left = this.#waiting.length + this.#returned.reduce((sum, batch) => sum + batch.count, 0);
    this.#waiting.take(left);
    this.#returned.length = 0;
    this.#taken = this.#accepted;
    if (left > 0) this.#drop('shutdown', left);
    this.#flushes.settled(this.#settledUpTo());
  }

  #startDueBatches(): void {
    this.#alarm.stop();
    if (this.#stopped) return;
    const now = performance.now();
    if (now >= this.#dueAt) this.#dueUpTo = this.#accepted;
    while (this.#underWay.length < this.#options.maxInFlight) {
      if (this.#returned.length === 0 && !this.#isDue()) {
        if (this.#waiting.length > 0) this.#alarm.ringIn(this.#dueAt - now);
        return;
      }
      const waitMs = Math.max(this.#notBefore - now, this.#breaker.waitMs);
      if (waitMs > 0) return this.#alarm.ringIn(waitMs);
      // A no means that another batch is probing; its end starts this one.
      if (!this.#breaker.tryAcquire()) return;
      const attempt = new Attempt(this.#returned.shift() ?? this.#nextBatch(), this.#options.send);
      this.#underWay.push({ attempt, settled: this.#carry(attempt) });
    }
  }

  #isDue(): boolean {
    return this.#waiting.length >= this.#batchSize || (this.#waiting.length > 0 && this.#taken < this.#dueUpTo);
  }

  #nextBatch(): Batch<T> {
    const items = this.#waiting.take(this.#batchSize);
    const batch = { items, count: items.length, first: this.#taken, attempts: 0 };
    this.#taken += items.length;
    this.#full = false;
    return batch;
  }

  async #carry(attempt: Attempt<T>): Promise<void> {
    attempt.batch.attempts += 1;
    const outcome = await attempt.run(this.#options.deadlineMs);
    this.#underWay = this.#underWay.filter((one) => one.attempt !== attempt);
    this.#settle(attempt.batch, outcome);
    this.#flushes.settled(this.#settledUpTo());
    this.#pump();
  }

  #settle(batch: Batch<T>, outcome: AttemptOutcome): void {
    if (outcome.arrived) {
      this.#breaker.succeeded();
      this.ledger.deliver(batch.count - outcome.rejected);
      if (outcome.rejected > 0) this.#drop(outcome.reason, outcome.rejected);
      return;
    }
    this.#breaker.failed();
    const { reason, error, retryAfterMs } = outcome;
    const isLast = !outcome.retryable || batch.attempts >= this.#options.maxAttempts;
    if (isLast) return this.#drop(reason, batch.count, error);
    this.#returned.push(batch);
    const backOffUntil = performance.now() + backoffMs(batch.attempts, this.#options, retryAfterMs);
    this.#notBefore = Math.max(this.#notBefore, backOffUntil);
    this.#tell({ reason, items: batch.count, willRetry: true, error });
  }

  /** The place up to which every item has arrived or been dropped. */
  #settledUpTo(): number {
    let upTo = this.#taken;
    for (const batch of this.#returned) upTo = Math.min(upTo, batch.first);
    for (const { attempt } of this.#underWay) upTo = Math.min(upTo, attempt.batch.first);
    return upTo;
  }

  #becomeFull(): void {
    if (this.#full) return;
    this.#full = true;
    this.#dueUpTo = this.#accepted;
    this.#alarm.ringIn(0);
    this.#tell({ reason: 'queue_full', items: 1, willRetry: false });
  }

  #drop(reason: string, items: number, error?: unknown): void {
    this.ledger.drop(reason, items);
    this.#tell({ reason, items, willRetry: false, error });
  }

  #tell(trouble: Omit<DeliveryTrouble, 'pipe'>): void {
    // The one who is told about trouble must not add to it, neither now nor by a promise that rejects later.
    new Promise((resolve) => resolve(this.#options.onTrouble?.({ pipe: this.ledger.pipe, ...trouble }))).catch(
      () => {},
    );
  }
}
