import { type Metric, register, Registry, type RegistryContentType } from 'prom-client';
import { SeriesLimit } from './series-limit.js';

/** prom-client's default registry, where users' own instruments go unless they say otherwise; a process has one. */
export class UsersMetrics {
  readonly registry = register;
  readonly limits: SeriesLimit[] = [];
  readonly #limited = new WeakSet<object>();
  readonly #contentType: RegistryContentType = register.contentType;

  constructor(
    private readonly maxSeries: number,
    takesExemplars: boolean,
  ) {
    if (takesExemplars) this.#setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  }

  /** Bounds the instruments that were made since it was last called. */
  limit(): void {
    for (const metric of this.registry.getMetricsAsArray() as unknown as (Metric & { labelNames: string[] })[]) {
      if (this.#limited.has(metric) || metric.labelNames.length === 0) continue;
      this.#limited.add(metric);
      this.limits.push(new SeriesLimit(metric, this.maxSeries));
    }
  }

  release(): void {
    for (const limit of this.limits) limit.release();
    this.#setContentType(this.#contentType);
  }

  #setContentType(type: RegistryContentType): void {
    (this.registry as Registry<RegistryContentType>).setContentType(type);
  }
}
