import type { Metric } from 'prom-client';
import { cellsOf } from './series-limit.js';

export type LabelSet = Readonly<Record<string, string | number>>;

/**
 * One series of a metric, for writers that write to it again and again: prom-client makes, checks and hashes a label
 * set for each sample, and here that is done once.
 *
 * It remembers the place of prom-client's cell and not the cell, so it never writes to one that was removed or reset.
 * Where there is no cell, prom-client makes one, or the limit of the metric folds the sample into its overflow.
 */
export abstract class SeriesHandle<M extends Metric, Cell> {
  readonly #key: string;

  constructor(
    protected readonly metric: M,
    protected readonly labels: LabelSet,
  ) {
    const { sortedLabelNames } = metric as unknown as { sortedLabelNames: readonly string[] };
    this.#key = sortedLabelNames.map((name) => `${name}:${labels[name]},`).join('');
  }

  /** What prom-client keeps of the series, if it is one of its own by now. */
  protected get cell(): Cell | undefined {
    return cellsOf(this.metric)[this.#key] as Cell | undefined;
  }
}
