/** What became of everything that was given to one pipe; `produced` equals the sum of all the others. */
export interface LedgerSnapshot {
  pipe: string;
  produced: number;
  delivered: number;
  dropped: Record<string, number>;
  inFlight: number;
}

/** Reasons become metric labels, so a receiver that makes up reasons must not make up series. */
const MAX_REASONS = 32;
const REASON = /^[a-z0-9_]{1,40}$/;

/**
 * Keeps the books of one pipe, so that nothing is lost silently: `produced = delivered + dropped + inFlight` holds after
 * every call, whatever the caller passes.
 */
export class Ledger {
  #produced = 0;
  #delivered = 0;
  #inFlight = 0;
  readonly #dropped = new Map<string, number>();

  constructor(readonly pipe: string) {}

  /** How many items were taken in and have neither arrived nor been dropped. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Takes items in; from here on they are in flight. */
  produce(items = 1): void {
    const count = wholeCount(items);
    this.#produced += count;
    this.#inFlight += count;
  }

  /** Books items in flight as arrived. */
  deliver(items = 1): void {
    this.#delivered += this.#settle(items);
  }

  /** Books items in flight as lost; a reason that is no short lower-case word is booked as `other`. */
  drop(reason: string, items = 1): void {
    const count = this.#settle(items);
    if (count === 0) return;
    const known = this.#dropped.has(reason) || (REASON.test(reason) && this.#dropped.size < MAX_REASONS);
    const booked = known ? reason : 'other';
    this.#dropped.set(booked, (this.#dropped.get(booked) ?? 0) + count);
  }

  snapshot(): LedgerSnapshot {
    return {
      pipe: this.pipe,
      produced: this.#produced,
      delivered: this.#delivered,
      dropped: Object.fromEntries(this.#dropped),
      inFlight: this.#inFlight,
    };
  }

  #settle(items: number): number {
    const count = Math.min(wholeCount(items), this.#inFlight);
    this.#inFlight -= count;
    return count;
  }
}

function wholeCount(items: number): number {
  return items > 0 ? Math.trunc(items) : 0;
}
