import { type Observation, type ObservationHandler, type Observations, OBSERVED_ASPECT } from '#observation';
import { COUNTED_ASPECT } from './counted.decorator.js';
import { HttpClientMetrics } from './http-client-metrics.js';
import { HttpServerMetrics } from './http-server-metrics.js';
import { MethodMetrics } from './method-metrics.js';
import type { MetricRegistry } from './metric-registry.js';
import { TIMED_ASPECT } from './timed.decorator.js';

/** Turns each observation of an app into samples. */
export class MetricsHandler implements ObservationHandler {
  readonly component = 'metrics';
  readonly aspects = [TIMED_ASPECT, COUNTED_ASPECT, OBSERVED_ASPECT];
  readonly #server: HttpServerMetrics;
  readonly #client: HttpClientMetrics;
  readonly #methods: MethodMetrics;

  constructor(metrics: MetricRegistry, { internalErrors, methods }: Observations, buckets: readonly number[]) {
    const onError = (error: unknown): void => internalErrors.record(this.component, error);
    this.#server = new HttpServerMetrics(metrics);
    this.#client = new HttpClientMetrics(metrics);
    this.#methods = new MethodMetrics({ metrics, buckets, onError });
    this.#methods.declare(methods);
  }

  started(observation: Observation): void {
    if (observation.kind === 'http.server') this.#server.started(observation);
    else if (observation.kind === 'method') this.#methods.started(observation);
  }

  stopped(observation: Observation): void {
    if (observation.kind === 'http.server') this.#server.stopped(observation);
    else if (observation.kind === 'http.client') this.#client.stopped(observation);
    else this.#methods.stopped(observation);
  }
}
