import type { HttpClientObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import type { MetricRegistry } from './metric-registry.js';
import type { Histogram } from './prom-client/instruments.js';

/** Measures the requests that the app sends, under the names and labels of OpenTelemetry's conventions. */
export class HttpClientMetrics {
  readonly #duration: Histogram;

  constructor(metrics: MetricRegistry) {
    this.#duration = metrics.histogram<string>({
      name: 'http.client.request.duration',
      unit: 'seconds',
      description: 'Duration of HTTP requests to other services.',
      labels: ['http_request_method', 'server_address', 'server_port', 'http_response_status_code', 'error_type'],
      exemplars: true,
      declaredBy: 'MetricsModule',
    });
  }

  stopped(observation: HttpClientObservation): void {
    this.#duration.observe({
      labels: {
        http_request_method: observation.method,
        server_address: observation.serverAddress,
        server_port: observation.serverPort ?? '',
        http_response_status_code: observation.status ?? '',
        error_type: observation.errorType ?? '',
      },
      value: observation.durationMs! / 1_000,
      exemplarLabels: exemplarOf(observation),
    });
  }
}
