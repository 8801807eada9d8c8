/** A timer of Node fires at once when it is set any further ahead. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Those who wait until everything up to some place in the queue is settled. */
export class Flushes {
  readonly #waiting = new Set<{ upTo: number; end: () => void }>();

  /** Resolves once `settled` has reached the place, at the latest at the deadline. */
  wait(upTo: number, deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      // The one timer of a queue that keeps the process alive, because somebody is waiting for it.
      const deadline = setTimeout(() => flush.end(), Math.min(deadlineMs, LONGEST_TIMER_MS));
      const end = (): void => {
        clearTimeout(deadline);
        this.#waiting.delete(flush);
        resolve();
      };
      const flush = { upTo, end };
      this.#waiting.add(flush);
    });
  }

  settled(upTo: number): void {
    for (const flush of this.#waiting) if (upTo >= flush.upTo) flush.end();
  }
}
