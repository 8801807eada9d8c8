/** One timer for several reasons to wake up: it rings at the earliest of them, and never keeps the process alive. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = 0;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings after that time, unless it rings earlier anyway. */
  ringIn(waitMs: number): void {
    const at = performance.now() + waitMs;
    if (this.#timer && this.#at <= at) return;
    this.stop();
    this.#at = at;
    this.#timer = setTimeout(this.#ring, Math.ceil(waitMs)).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
