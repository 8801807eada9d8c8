import type { Gauge } from 'prom-client';
import { SeriesHandle } from './series-handle.js';

/** One series of a gauge. */
export class GaugeSeries extends SeriesHandle<Gauge, { value: number }> {
  /** Raises the gauge, or lowers it. */
  add(delta: number): void {
    const { cell } = this;
    if (cell === undefined) this.metric.inc(this.labels, delta);
    else cell.value += delta;
  }
}
