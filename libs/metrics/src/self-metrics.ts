import type { Observations } from '#observation';
import type { MetricRegistry } from './metric-registry.js';
import type { SeriesLimit } from './prom-client/series-limit.js';

const DECLARED_BY = 'MetricsModule';

/** Tells who answers, and what went wrong inside the suite itself. */
export function declareSelfMetrics(
  metrics: MetricRegistry,
  { service, internalErrors }: Observations,
  limits: () => readonly SeriesLimit[],
): void {
  // Name and labels are those of OpenTelemetry's rules for Prometheus.
  metrics
    .gauge({
      name: 'target_info',
      description: 'The service that answers; its value is always 1.',
      labels: ['service_name', 'service_version', 'deployment_environment_name', 'service_instance_id'],
      declaredBy: DECLARED_BY,
    })
    .set(
      {
        service_name: service.name,
        service_version: service.version,
        deployment_environment_name: service.environment,
        service_instance_id: service.instance,
      },
      1,
    );
  const errors = metrics.counter({
    name: 'observability_internal_errors',
    description: 'Faults inside the observability suite, which the application did not notice.',
    labels: ['component'],
    declaredBy: DECLARED_BY,
    collect: () => {
      errors.reset();
      errors.inc({ component: 'metrics' }, 0);
      for (const [component, count] of internalErrors.counts()) errors.inc({ component }, count);
    },
  });
  const overflows = metrics.counter({
    name: 'observability_metric_overflows',
    description: 'Samples that went into the overflow series of a metric with too many label sets.',
    labels: ['metric'],
    declaredBy: DECLARED_BY,
    collect: () => {
      overflows.reset();
      for (const limit of limits()) if (limit.overflows > 0) overflows.inc({ metric: limit.name }, limit.overflows);
    },
  });
}
