export { ObservabilityModule } from './observability.module.js';
export { OBSERVABILITY_MODULE_OPTIONS } from './observability-settings.module.js';
export { type ObservabilityModuleOptions } from './observability.options.js';
export { createObservableApp } from './create-observable-app.js';
export { installObservability } from './install-observability.js';

export { HealthChecker, HealthContributor, type HealthOptions, SyntheticCheck } from '#health';
export { InjectPinoLogger, type LoggingOptions, PinoLogger } from '#logging';
export { Traced, type TracedOptions, Tracing, TracingInterceptor, type TracingOptions } from '#tracing';
export { type ExceptionReporter, type ExceptionsOptions, ExceptionTracker, type TrackContext } from '#exceptions';
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
  Audited,
  type AuditedArguments,
  type AuditedOptions,
  AuditInterceptor,
  type AuditOptions,
  AuditTrail,
  NotAudited,
} from '#audit';

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
