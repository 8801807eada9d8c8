import type {
  CollectedDefinition,
  HistogramDefinition,
  MetricDefinition,
  MetricKind,
  SummaryDefinition,
} from './metric-definition.js';
import { checkLabels } from './metric-label.js';
import { bareName, metricName } from './metric-name.js';
import { checkBuckets, completeMetricsOptions, type MetricsOptions } from './metrics.options.js';
import {
  configOf,
  Counter,
  Gauge,
  Histogram,
  type InstrumentConfig,
  type Metric,
  openRegistry,
  Summary,
} from './prom-client/instruments.js';
import { SeriesLimit } from './prom-client/series-limit.js';

type Traits = Readonly<Record<string, unknown>>;

interface Declared {
  readonly metric: Metric;
  readonly shape: string;
  readonly declaredBy: string;
}

/**
 * Makes the instruments of one app, each name once: counters, gauges, histograms and summaries of prom-client, with
 * names and labels that keep the rules and a bound on how many series they have.
 */
export class MetricRegistry {
  /** prom-client's own registry behind this one. */
  readonly instruments = openRegistry();
  readonly limits: SeriesLimit[] = [];
  readonly #options: Required<MetricsOptions>;
  readonly #declared = new Map<string, Declared>();

  constructor(options: MetricsOptions | false = {}) {
    this.#options = completeMetricsOptions(options);
  }

  /** Counts what happened; `placed_orders` is exposed as `placed_orders_total`. */
  counter<Label extends string>(definition: CollectedDefinition<Label>): Counter<Label> {
    return this.#once(this.counter, 'counter', definition, {}, (config) => new Counter<Label>(config));
  }

  /** Tells how much there is of something that goes up and down. */
  gauge<Label extends string>(definition: Omit<CollectedDefinition<Label>, 'exemplars'>): Gauge<Label> {
    return this.#once(this.gauge, 'gauge', definition, {}, (config) => new Gauge<Label>(config));
  }

  /** Sorts samples into buckets, so that quantiles of many instances can be told together. */
  histogram<Label extends string>(definition: HistogramDefinition<Label>): Histogram<Label> {
    const { buckets = this.#options.buckets } = definition;
    checkBuckets(`MetricRegistry: the buckets of "${definition.name}"`, buckets);
    const create = (config: InstrumentConfig<Label>) => new Histogram<Label>({ ...config, buckets: [...buckets] });
    return this.#once(this.histogram, 'histogram', definition, { buckets }, create);
  }

  /** Estimates quantiles of this one instance; they cannot be added up over instances, as a histogram's buckets can. */
  summary<Label extends string>(definition: SummaryDefinition<Label>): Summary<Label> {
    const { quantiles = [0.5, 0.9, 0.99], maxAgeSeconds = 600 } = definition;
    const create = (config: InstrumentConfig<Label>) =>
      new Summary<Label>({ ...config, percentiles: [...quantiles], maxAgeSeconds, ageBuckets: 5 });
    return this.#once(this.summary, 'summary', definition, { quantiles, maxAgeSeconds }, create);
  }

  #once<Label extends string, T extends Metric>(
    askedWith: unknown,
    kind: MetricKind,
    definition: CollectedDefinition<Label> | MetricDefinition<Label>,
    traits: Traits,
    create: (config: InstrumentConfig<Label>) => T,
  ): T {
    const name = metricName(kind, definition.name, definition.unit, definition.declaredBy);
    const config = configOf(name, definition, this.instruments);
    const shape = describe(kind, config, traits);
    // A gauge `orders` and a counter `orders_total` would be one family in OpenMetrics.
    const known = this.#declared.get(bareName(name, kind));
    if (known?.shape === shape) return known.metric as T;

    const declaredBy = definition.declaredBy ?? lineThatCalled(askedWith);
    if (known !== undefined) throw new Error(conflict(name, known, { shape, declaredBy }));
    checkLabels(name, kind, config.labelNames, declaredBy);
    const metric = create(config);
    if (config.labelNames.length > 0) this.limits.push(new SeriesLimit(metric, this.#options.maxSeries));
    this.#declared.set(bareName(name, kind), { metric, shape, declaredBy });
    return metric;
  }
}

function describe(kind: MetricKind, { labelNames, enableExemplars }: InstrumentConfig, traits: Traits): string {
  const labels = labelNames.length === 0 ? 'without labels' : `with the labels ${[...labelNames].sort().join(', ')}`;
  const further = Object.entries(traits).map(([trait, value]) => `${trait} ${JSON.stringify(value)}`);
  return [`a ${kind}`, labels, ...further, ...(enableExemplars ? ['exemplars'] : [])].join(', ');
}

function conflict(name: string, known: Omit<Declared, 'metric'>, wanted: Omit<Declared, 'metric'>): string {
  return (
    `MetricRegistry: "${name}" is ${known.shape}, declared by ${known.declaredBy}, but ${wanted.declaredBy} wants it ` +
    `to be ${wanted.shape}. Give one of them a name of its own.`
  );
}

function lineThatCalled(method: unknown): string {
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, method as () => void);
  return /\n\s+at (.*)/.exec(here.stack ?? '')?.[1] ?? 'the code';
}
