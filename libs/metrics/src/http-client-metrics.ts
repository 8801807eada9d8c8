import type { HttpClientObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import type { MetricRegistry } from './metric-registry.js';
import { HistogramSeries } from './prom-client/histogram-series.js';
import type { Histogram } from './prom-client/instruments.js';
import { SeriesTree } from './prom-client/series-tree.js';

const LABELS = ['http_request_method', 'server_address', 'server_port', 'http_response_status_code', 'error_type'];

/** Measures the requests that the app sends, under the names and labels of OpenTelemetry's conventions. */
export class HttpClientMetrics {
  readonly #duration: SeriesTree<Histogram, HistogramSeries>;

  constructor(metrics: MetricRegistry) {
    const duration = metrics.histogram<string>({
      name: 'http.client.request.duration',
      unit: 'seconds',
      description: 'Duration of HTTP requests to other services.',
      labels: LABELS,
      exemplars: true,
      declaredBy: 'MetricsModule',
    });
    this.#duration = new SeriesTree(duration, LABELS, HistogramSeries);
  }

  stopped(observation: HttpClientObservation): void {
    const { method, serverAddress, serverPort, status, errorType, durationMs } = observation;
    this.#duration
      .of(method, serverAddress, serverPort ?? '', status ?? '', errorType ?? '')
      .observe(durationMs! / 1_000, exemplarOf(observation));
  }
}
