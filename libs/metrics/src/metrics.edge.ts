import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ManagementEndpoints } from '#management';
import { Observations } from '#observation';
import { MetricRegistry } from './metric-registry.js';
import { metricsEndpoint } from './metrics.endpoint.js';
import { MetricsHandler } from './metrics.handler.js';
import { METRICS_OPTIONS } from './metrics.module-definition.js';
import { completeMetricsOptions, type MetricsOptions } from './metrics.options.js';
import { MetricCollection } from './prom-client/metric-collection.js';
import { collectRuntimeMetrics } from './prom-client/runtime-metrics.js';
import { UsersMetrics } from './prom-client/users-metrics.js';
import { declareSelfMetrics } from './self-metrics.js';

/** Begins to measure when the app starts, shows the page, and stops when the app stops. */
@Injectable()
export class MetricsEdge implements OnModuleInit, OnApplicationShutdown {
  #stopRuntimeMetrics?: () => void;

  constructor(
    @Inject(METRICS_OPTIONS) private readonly options: MetricsOptions | false,
    private readonly metrics: MetricRegistry,
    private readonly users: UsersMetrics,
    private readonly observations: Observations,
    private readonly endpoints: ManagementEndpoints,
  ) {}

  onModuleInit(): void {
    if (this.options === false) return;
    const { metrics, users, observations } = this;
    const { buckets, collectTimeoutMs, runtime } = completeMetricsOptions(this.options);
    declareSelfMetrics(metrics, observations, () => [...metrics.limits, ...users.limits]);
    observations.register(new MetricsHandler(metrics, observations, buckets));
    const registries = [metrics.instruments, users.registry];
    const collection = new MetricCollection(registries, collectTimeoutMs, observations.internalErrors);
    const collect = () => {
      users.limit();
      return collection.collect();
    };
    users.limit();
    this.endpoints.add(metricsEndpoint(collect));
    if (runtime) this.#stopRuntimeMetrics = collectRuntimeMetrics(metrics.instruments);
  }

  onApplicationShutdown(): void {
    this.#stopRuntimeMetrics?.();
  }
}
