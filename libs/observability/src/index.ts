export { ObservabilityModule } from './observability.module.js';
export { type ObservabilityModuleOptions } from './observability.options.js';
export { createObservableApp } from './create-observable-app.js';
export { installObservability } from './install-observability.js';

export { InjectPinoLogger, type LoggingOptions, PinoLogger } from '#logging';
export { Traced, type TracedOptions, Tracing, type TracingOptions } from '#tracing';
export {
  Counted,
  type CountedOptions,
  InjectMetric,
  MetricRegistry,
  type MetricsOptions,
  Timed,
  type TimedOptions,
} from '#metrics';

export {
  currentObservation,
  NotLogged,
  NotTimed,
  NotTraced,
  type Observation,
  Observed,
  type ObservedOptions,
  type ServiceIdentity,
} from '#observation';
export { type LifecycleOptions } from '#lifecycle';
export {
  type ManagementEndpoint,
  ManagementEndpoints,
  type ManagementOptions,
  type ManagementRequest,
  type ManagementResponse,
  ManagementServer,
  problem,
} from '#management';
export { type RedactionOptions, Redactor } from '#redaction';
