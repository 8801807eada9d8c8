export {
  InjectMetric,
  makeCounterProvider,
  makeGaugeProvider,
  makeHistogramProvider,
  makeSummaryProvider,
} from './prom-client/users-metrics.providers.js';
export { Counted, COUNTED_ASPECT, type CountedOptions } from './counted.decorator.js';
export { Timed, TIMED_ASPECT, type TimedOptions } from './timed.decorator.js';
export { type MeasuredCall, type MethodLabels } from './method-labels.js';
export {
  type BaseUnit,
  type CollectedDefinition,
  type HistogramDefinition,
  type MetricDefinition,
  type MetricKind,
  type SummaryDefinition,
} from './metric-definition.js';
export { MetricRegistry } from './metric-registry.js';
export { type Exemplar, type MetricFamily, type MetricSample } from './metric-family.js';
export { type MetricFormat } from './metric-format.js';
export { DEFAULT_METRICS_OPTIONS, type MetricsOptions } from './metrics.options.js';
export { MetricsModule } from './metrics.module.js';
