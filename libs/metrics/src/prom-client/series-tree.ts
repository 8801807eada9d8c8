import type { Metric } from 'prom-client';
import type { LabelSet } from './series-handle.js';

export type LabelValue = string | number;

class Branch<Series> {
  readonly next = new Map<LabelValue, Branch<Series>>();
  series?: Series;
}

/** Label sets that come once must not be remembered for good; beyond this the tree starts anew, the metric does not. */
const MAX_SERIES = 4_096;

/**
 * Finds the series of a metric by the values of its labels, in the order in which the writer named those: a level for
 * each label, and no label set to be made on the way.
 */
export class SeriesTree<M extends Metric, Series> {
  #root = new Branch<Series>();
  #size = 0;

  constructor(
    private readonly metric: M,
    private readonly labelNames: readonly string[],
    private readonly Series: new (metric: M, labels: LabelSet) => Series,
  ) {}

  of(...values: LabelValue[]): Series {
    let branch: Branch<Series> | undefined = this.#root;
    for (let level = 0; level < values.length && branch !== undefined; level += 1) {
      branch = branch.next.get(values[level]!);
    }
    return branch?.series ?? this.#grow(values);
  }

  #grow(values: readonly LabelValue[]): Series {
    if (this.#size >= MAX_SERIES) {
      this.#root = new Branch();
      this.#size = 0;
    }
    let branch = this.#root;
    for (const value of values) {
      let next = branch.next.get(value);
      if (next === undefined) branch.next.set(value, (next = new Branch()));
      branch = next;
    }
    this.#size += 1;
    const labels = Object.fromEntries(this.labelNames.map((name, place) => [name, values[place]!]));
    return (branch.series = new this.Series(this.metric, labels));
  }
}
