import type { Histogram } from 'prom-client';
import type { ExemplarLabels } from '../exemplar.js';
import { type LabelSet, SeriesHandle } from './series-handle.js';
import { pointTo, type StoredExemplar } from './stored-exemplar.js';

interface HistogramCell {
  sum: number;
  count: number;
  readonly bucketValues: Record<string, number>;
  readonly bucketExemplars: Readonly<Record<string, StoredExemplar | null>>;
}

/** Where prom-client keeps the exemplar of what is beyond all bounds; it counts no samples there. */
const BEYOND = '-1';

/** One series of a histogram that takes exemplars. */
export class HistogramSeries extends SeriesHandle<Histogram, HistogramCell> {
  readonly #bounds: readonly number[];
  /** The bounds as names of fields. */
  readonly #names: readonly string[];

  constructor(histogram: Histogram, labels: LabelSet) {
    super(histogram, labels);
    this.#bounds = (histogram as unknown as { upperBounds: readonly number[] }).upperBounds;
    this.#names = this.#bounds.map(String);
  }

  /** Takes a sample. */
  observe(value: number, exemplarLabels?: ExemplarLabels): void {
    const { cell } = this;
    const name = this.#bucketOf(value);
    const exemplar = exemplarLabels && cell?.bucketExemplars[name];
    const isKnown = cell !== undefined && (exemplarLabels === undefined || exemplar);
    if (!isKnown || !Number.isFinite(value)) {
      this.metric.observe({ labels: this.labels, value, exemplarLabels });
      return;
    }
    cell.sum += value;
    cell.count += 1;
    if (name !== BEYOND) cell.bucketValues[name]! += 1;
    if (exemplar) pointTo(exemplar, exemplarLabels!, value);
  }

  #bucketOf(value: number): string {
    const bounds = this.#bounds;
    for (let place = 0; place < bounds.length; place += 1) if (value <= bounds[place]!) return this.#names[place]!;
    return BEYOND;
  }
}
