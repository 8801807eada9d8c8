/** Points from a sample to the trace that it came from. */
export interface Exemplar {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly timestampSeconds: number;
}

/** One number of a metric. */
export interface MetricSample {
  /** What follows the name of the family: `_bucket`, `_sum`, `_count` or nothing. */
  readonly suffix: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly exemplar?: Exemplar;
}

/** All series of one metric at one moment. */
export interface MetricFamily {
  /** The full name; a counter's ends in `_total` where its owner wrote it so. */
  readonly name: string;
  readonly kind: string;
  readonly description: string;
  readonly samples: readonly MetricSample[];
}
