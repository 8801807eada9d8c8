import type { ExemplarLabels } from '../exemplar.js';

/** An exemplar as prom-client keeps it. */
export interface StoredExemplar {
  labelSet: ExemplarLabels;
  value: number;
  timestamp: number;
}

/** Has an exemplar point to a later sample. */
export function pointTo(exemplar: StoredExemplar, labels: ExemplarLabels, value: number): void {
  exemplar.labelSet = labels;
  exemplar.value = value;
  exemplar.timestamp = Date.now() / 1_000;
}
