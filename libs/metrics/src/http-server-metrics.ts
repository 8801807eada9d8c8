import type { HttpServerObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import type { MetricRegistry } from './metric-registry.js';
import { GaugeSeries } from './prom-client/gauge-series.js';
import { HistogramSeries } from './prom-client/histogram-series.js';
import type { Gauge, Histogram } from './prom-client/instruments.js';
import { SeriesTree } from './prom-client/series-tree.js';

const ACTIVE_LABELS = ['http_request_method', 'url_scheme'];
const DURATION_LABELS = [
  ...ACTIVE_LABELS,
  'http_route',
  'http_response_status_code',
  'error_type',
  'network_protocol_version',
];

/** Measures the requests that the app answers, under the names and labels of OpenTelemetry's conventions. */
export class HttpServerMetrics {
  readonly #duration: SeriesTree<Histogram, HistogramSeries>;
  readonly #active: SeriesTree<Gauge, GaugeSeries>;

  constructor(metrics: MetricRegistry) {
    const duration = metrics.histogram<string>({
      name: 'http.server.request.duration',
      unit: 'seconds',
      description: 'Duration of HTTP requests that were answered.',
      labels: DURATION_LABELS,
      exemplars: true,
      declaredBy: 'MetricsModule',
    });
    const active = metrics.gauge<string>({
      name: 'http.server.active_requests',
      description: 'HTTP requests that are being answered.',
      labels: ACTIVE_LABELS,
      declaredBy: 'MetricsModule',
    });
    this.#duration = new SeriesTree(duration, DURATION_LABELS, HistogramSeries);
    this.#active = new SeriesTree(active, ACTIVE_LABELS, GaugeSeries);
  }

  started({ method, scheme }: HttpServerObservation): void {
    this.#active.of(method, scheme).add(1);
  }

  stopped(observation: HttpServerObservation): void {
    const { method, scheme, route, status, aborted, errorType, protocolVersion, durationMs } = observation;
    this.#active.of(method, scheme).add(-1);
    if (observation.optOuts.has('metrics')) return;
    // A status of which the client did not see the end would count as an answer.
    const answer = aborted ? '' : (status ?? '');
    this.#duration
      .of(method, scheme, route ?? '', answer, errorType ?? '', protocolVersion)
      .observe(durationMs! / 1_000, exemplarOf(observation));
  }
}
