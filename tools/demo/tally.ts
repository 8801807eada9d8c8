import type { Answer } from './gateway-client.ts';
import type { Step } from './order-journey.ts';

/** Counts answers by status and remembers those that were not expected. */
export class Tally {
  readonly surprises: string[] = [];
  readonly #counts = new Map<number, number>();

  add({ method, path, status: expected }: Step, { status, traceId }: Answer): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    if (status === expected) return;
    this.surprises.push(`${method} ${path} answered ${status} instead of ${expected}, trace ${traceId ?? 'unknown'}`);
  }

  /** How often each status came, lowest first. */
  toString(): string {
    const counts = [...this.#counts].toSorted(([a], [b]) => a - b);
    return counts.map(([status, count]) => `${status} × ${count}`).join('   ');
  }
}
