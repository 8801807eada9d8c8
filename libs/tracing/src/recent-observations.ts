import type { FinishedObservation } from './finished-observation.js';

export interface RecentQuery {
  readonly limit: number;
  /** @default 'newest' */
  readonly order?: RecentOrder;
  readonly traceId?: string;
  /** Only what finished before the observation with this number. */
  readonly before?: number;
}

export const RECENT_ORDERS = ['newest', 'slowest', 'failed'] as const;
export type RecentOrder = (typeof RECENT_ORDERS)[number];

export interface RecentPage {
  readonly items: readonly FinishedObservation[];
  /** The number to ask `before` for more; absent on the last page and in other orders than newest first. */
  readonly next?: number;
}

/** An observation, and how many finished before it. */
interface Entry {
  readonly number: number;
  readonly observation: FinishedObservation;
}

/** The observations that finished last, in a ring that never grows. */
export class RecentObservations {
  readonly #ring: FinishedObservation[] = [];
  #count = 0;

  constructor(readonly size: number) {}

  add(observation: FinishedObservation): void {
    if (this.size === 0) return;
    this.#ring[this.#count % this.size] = observation;
    this.#count += 1;
  }

  list({ limit, order = 'newest', traceId, before = Infinity }: RecentQuery): RecentPage {
    const found = this.#newestFirst().filter(
      ({ number, observation }) => number < before && (traceId === undefined || observation.traceId === traceId),
    );
    if (order === 'slowest') found.sort((one, other) => other.observation.durationMs - one.observation.durationMs);
    if (order === 'failed') found.sort((one, other) => Number(failed(other)) - Number(failed(one)));
    const page = found.slice(0, limit);
    const more = order === 'newest' && found.length > page.length;
    return { items: page.map(({ observation }) => observation), next: more ? page.at(-1)?.number : undefined };
  }

  #newestFirst(): Entry[] {
    const newest = this.#count - 1;
    return this.#ring.map((_, age) => {
      const number = newest - age;
      return { number, observation: this.#ring[number % this.size]! };
    });
  }
}

function failed({ observation }: Entry): boolean {
  return observation.outcome === 'failure';
}
