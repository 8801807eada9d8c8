import type { MetricFamily } from './metric-family.js';

/** A way of writing metrics down. */
export interface MetricFormat {
  readonly name: string;
  /** The media type that is asked for in `Accept` and told in `Content-Type`. */
  readonly contentType: string;
  print(families: readonly MetricFamily[]): string;
}
