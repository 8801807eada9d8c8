import type { HttpServerObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import type { MetricRegistry } from './metric-registry.js';
import type { Gauge, Histogram } from './prom-client/instruments.js';

/** Measures the requests that the app answers, under the names and labels of OpenTelemetry's conventions. */
export class HttpServerMetrics {
  readonly #duration: Histogram;
  readonly #active: Gauge;

  constructor(metrics: MetricRegistry) {
    this.#duration = metrics.histogram<string>({
      name: 'http.server.request.duration',
      unit: 'seconds',
      description: 'Duration of HTTP requests that were answered.',
      labels: [
        'http_request_method',
        'url_scheme',
        'http_route',
        'http_response_status_code',
        'error_type',
        'network_protocol_version',
      ],
      exemplars: true,
      declaredBy: 'MetricsModule',
    });
    this.#active = metrics.gauge<string>({
      name: 'http.server.active_requests',
      description: 'HTTP requests that are being answered.',
      labels: ['http_request_method', 'url_scheme'],
      declaredBy: 'MetricsModule',
    });
  }

  started({ method, scheme }: HttpServerObservation): void {
    this.#active.inc({ http_request_method: method, url_scheme: scheme });
  }

  stopped(observation: HttpServerObservation): void {
    const { method, scheme, route, status, aborted, errorType, protocolVersion, durationMs } = observation;
    this.#active.dec({ http_request_method: method, url_scheme: scheme });
    if (observation.optOuts.has('metrics')) return;
    this.#duration.observe({
      labels: {
        http_request_method: method,
        url_scheme: scheme,
        http_route: route ?? '',
        // A status of which the client did not see the end would count as an answer.
        http_response_status_code: aborted ? '' : (status ?? ''),
        error_type: errorType ?? '',
        network_protocol_version: protocolVersion,
      },
      value: durationMs! / 1_000,
      exemplarLabels: exemplarOf(observation),
    });
  }
}
