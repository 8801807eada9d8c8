import type { Counter } from 'prom-client';
import type { ExemplarLabels } from '../exemplar.js';
import { SeriesHandle } from './series-handle.js';
import { pointTo, type StoredExemplar } from './stored-exemplar.js';

interface CounterCell {
  value: number;
  exemplar?: StoredExemplar;
}

/** One series of a counter that takes exemplars. */
export class CounterSeries extends SeriesHandle<Counter, CounterCell> {
  /** Counts one more. */
  inc(exemplarLabels?: ExemplarLabels): void {
    const { cell } = this;
    if (cell === undefined || (exemplarLabels !== undefined && cell.exemplar === undefined)) {
      this.metric.inc({ labels: this.labels, exemplarLabels });
      return;
    }
    cell.value += 1;
    if (exemplarLabels !== undefined) pointTo(cell.exemplar!, exemplarLabels, 1);
  }
}
