import { Logger } from '@nestjs/common';
import type { Registry } from 'prom-client';
import type { InternalErrors } from '#observation';
import type { MetricFamily, MetricSample } from '../metric-family.js';
import { bareName } from '../metric-name.js';

type Metric = ReturnType<Registry['getMetricsAsArray']>[number];

/** The parts of prom-client's JSON that its types leave out. */
interface StoredMetric {
  readonly name: string;
  readonly type: unknown;
  readonly help: string;
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Record<string, unknown>;
    readonly value: number;
    readonly exemplar?: { labelSet: Record<string, unknown>; value: number; timestamp: number } | null;
  }[];
}

/** Reads all metrics of some registries at one moment; one that fails or hangs is left out and holds up nothing. */
export class MetricCollection {
  /** What is being read; scrapes that overlap share it, and what hangs is not asked again. */
  readonly #reading = new WeakMap<Metric, Promise<StoredMetric>>();
  readonly #toldTwice = new Set<string>();
  readonly #logger = new Logger('MetricsModule');

  constructor(
    private readonly registries: readonly Registry[],
    private readonly timeoutMs: number,
    private readonly internalErrors: InternalErrors,
  ) {}

  async collect(): Promise<MetricFamily[]> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.timeoutMs)));
    const reads = this.registries.flatMap((registry) =>
      registry.getMetricsAsArray().map((metric) => this.#read(registry, metric, deadline)),
    );
    const families = await Promise.all(reads);
    clearTimeout(timer);
    return this.#eachOnce(families.filter((family) => family !== undefined));
  }

  async #read(registry: Registry, metric: Metric, deadline: Promise<void>): Promise<MetricFamily | undefined> {
    try {
      const stored = await Promise.race([this.#ask(registry, metric), deadline]);
      if (stored !== undefined) return familyOf(stored);
      throw new Error(
        `The collect() of metric "${metric.name}" did not end within ${this.timeoutMs} ms, so the page goes without ` +
          `the metric until it does. Give what it waits for a time limit.`,
      );
    } catch (error) {
      this.internalErrors.record('metrics', error);
      return undefined;
    }
  }

  #ask(registry: Registry, metric: Metric): Promise<StoredMetric> {
    let reading = this.#reading.get(metric);
    if (reading === undefined) {
      reading = this.#readAlone(registry, metric).finally(() => this.#reading.delete(metric));
      this.#reading.set(metric, reading);
    }
    return reading;
  }

  async #readAlone(registry: Registry, metric: Metric): Promise<StoredMetric> {
    // A view of the registry with this metric alone: one that fails would take all others with it.
    const view = Object.create(registry, { getMetricsAsArray: { value: () => [metric] } }) as Registry;
    return (await view.getMetricsAsJSON())[0] as unknown as StoredMetric;
  }

  /** A page has each family once; the registries that come first win. */
  #eachOnce(families: readonly MetricFamily[]): MetricFamily[] {
    const byName = new Map<string, MetricFamily>();
    const twice: string[] = [];
    for (const family of families) {
      const bare = bareName(family.name, family.kind);
      if (!byName.has(bare)) byName.set(bare, family);
      else if (!this.#toldTwice.has(bare)) twice.push(family.name);
    }
    for (const name of twice) this.#toldTwice.add(name);
    if (twice.length > 0) {
      this.#logger.warn(
        `prom-client's default registry has metrics that this app has under the same name: ${twice.join(', ')}. ` +
          'The page shows those of the app. Rename the others, or leave them out.',
      );
    }
    return [...byName.values()];
  }
}

function familyOf({ name, type, help, values }: StoredMetric): MetricFamily {
  const samples = values.map(({ metricName, labels, value, exemplar }): MetricSample => {
    const suffix = metricName?.slice(name.length) ?? '';
    if (!exemplar) return { suffix, labels, value };
    const { labelSet, timestamp } = exemplar;
    return {
      suffix,
      labels,
      value,
      exemplar: { labels: labelSet, value: exemplar.value, timestampSeconds: timestamp },
    };
  });
  return { name, kind: String(type), description: help, samples };
}
