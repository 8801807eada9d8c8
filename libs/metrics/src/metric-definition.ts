/** The four kinds of instruments. */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'summary';

/** The units that metrics are kept in: base units, so that nobody has to know which of `_ms` and `_seconds` it was. */
export const BASE_UNITS = [
  'seconds',
  'bytes',
  'ratio',
  'celsius',
  'meters',
  'grams',
  'joules',
  'volts',
  'amperes',
] as const;
export type BaseUnit = (typeof BASE_UNITS)[number];

/** What an instrument is called and which labels its series have. */
export interface MetricDefinition<Label extends string = string> {
  /** A dotted or underscored name, e.g. `order.place`; the suffixes of the unit and of counters are added. */
  readonly name: string;
  /** What it measures, in one sentence. */
  readonly description: string;
  /**
   * The names of its labels. Each combination of values is a series of its own, so a label has few values.
   * @default []
   */
  readonly labels?: readonly Label[];
  /**
   * Becomes the suffix of the name.
   * @default none
   */
  readonly unit?: BaseUnit;
  /**
   * Where it is declared; told when two places disagree about a name.
   * @default the line of code that asked for it
   */
  readonly declaredBy?: string;
}

/** A counter or a histogram, which can point from a sample to the trace that it came from. */
export interface ExemplarDefinition<Label extends string = string> extends MetricDefinition<Label> {
  /**
   * Takes exemplars: `inc` and `observe` then have prom-client's form `{ labels, value, exemplarLabels }`.
   * @default false
   */
  readonly exemplars?: boolean;
}

/** A gauge, or a counter whose count is kept elsewhere. */
export interface CollectedDefinition<Label extends string = string> extends ExemplarDefinition<Label> {
  /**
   * Called before each answer, to set the values.
   * @default none
   */
  readonly collect?: () => void | Promise<void>;
}

export interface HistogramDefinition<Label extends string = string> extends ExemplarDefinition<Label> {
  /**
   * Upper bounds, ascending.
   * @default the buckets of MetricsOptions, which are made for durations in seconds
   */
  readonly buckets?: readonly number[];
}

export interface SummaryDefinition<Label extends string = string> extends MetricDefinition<Label> {
  /**
   * The quantiles that are estimated, each between 0 and 1.
   * @default [0.5, 0.9, 0.99]
   */
  readonly quantiles?: readonly number[];
  /**
   * Over which time they are estimated.
   * @default 600
   */
  readonly maxAgeSeconds?: number;
}
