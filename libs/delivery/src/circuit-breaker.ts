export interface CircuitBreakerOptions {
  /**
   * After how many failures in a row attempts stop.
   * @default 3
   */
  failureThreshold?: number;
  /**
   * How long after the last failure one attempt is let through to see whether the receiver is back.
   * @default 5000
   */
  probeAfterMs?: number;
  /**
   * The clock, in milliseconds that never run backwards.
   * @default performance.now
   */
  now?: () => number;
}

/** `closed` lets attempts through, `open` lets none, `half_open` waits for the one that probes. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/** Spares a receiver that keeps failing, and the process that would wait for it. */
export class CircuitBreaker {
  readonly #failureThreshold: number;
  readonly #probeAfterMs: number;
  readonly #now: () => number;
  #state: CircuitState = 'closed';
  #failures = 0;
  #probeAt = 0;

  constructor(options: CircuitBreakerOptions = {}) {
    this.#failureThreshold = options.failureThreshold ?? 3;
    this.#probeAfterMs = options.probeAfterMs ?? 5_000;
    this.#now = options.now ?? (() => performance.now());
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** How long until an open circuit lets an attempt through, 0 in every other state. */
  get waitMs(): number {
    return this.#state === 'open' ? Math.max(0, this.#probeAt - this.#now()) : 0;
  }

  /** Says whether an attempt may start now; whoever gets a yes reports `succeeded` or `failed`. */
  tryAcquire(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#state === 'half_open' || this.waitMs > 0) return false;
    this.#state = 'half_open';
    return true;
  }

  succeeded(): void {
    this.#state = 'closed';
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#state === 'closed' && this.#failures < this.#failureThreshold) return;
    this.#state = 'open';
    this.#probeAt = this.#now() + this.#probeAfterMs;
  }
}
