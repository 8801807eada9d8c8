/** How metrics are kept and shown. */
export interface MetricsOptions {
  /**
   * Upper bounds, in seconds, of the histograms of HTTP requests and of timers that set none.
   * @default [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
   */
  buckets?: readonly number[];
  /**
   * How many label sets one metric may have; further ones are folded into one overflow series.
   * @default 2000
   */
  maxSeries?: number;
  /**
   * How long the `collect` of one metric may take; the page goes without a metric that is late.
   * @default 1000
   */
  collectTimeoutMs?: number;
  /**
   * Whether the page tells of the process and of Node (`process_*`, `nodejs_*`).
   * @default true
   */
  runtime?: boolean;
}

export const DEFAULT_METRICS_OPTIONS = {
  // OpenTelemetry's conventions for HTTP metrics advise these bounds.
  buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  maxSeries: 2_000,
  collectTimeoutMs: 1_000,
  runtime: true,
} satisfies Required<MetricsOptions>;

/** The options with their defaults, or a refusal that names the wrong one. */
export function completeMetricsOptions(given: MetricsOptions | false): Required<MetricsOptions> {
  const set = Object.entries(given || {}).filter(([, value]) => value !== undefined);
  const options: Required<MetricsOptions> = { ...DEFAULT_METRICS_OPTIONS, ...Object.fromEntries(set) };
  for (const name of ['maxSeries', 'collectTimeoutMs'] as const) {
    if (Number.isInteger(options[name]) && options[name] > 0) continue;
    throw new Error(`MetricsModule: ${name} is ${JSON.stringify(options[name])}. Use a whole number from 1 up.`);
  }
  checkBuckets('MetricsModule: buckets', options.buckets);
  return options;
}

/** Refuses bounds of buckets that do not ascend. */
export function checkBuckets(what: string, bounds: readonly number[]): void {
  const ascend =
    Array.isArray(bounds) &&
    bounds.length > 0 &&
    bounds.every((bound, index) => Number.isFinite(bound) && (index === 0 || bound > bounds[index - 1]!));
  if (ascend) return;
  throw new Error(`${what} are ${JSON.stringify(bounds)}. Use numbers that ascend, like [0.1, 0.5, 1].`);
}
