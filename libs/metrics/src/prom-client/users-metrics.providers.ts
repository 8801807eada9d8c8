import { type FactoryProvider, Logger, type OptionalFactoryDependency } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { makeCounterProvider, PrometheusModule } from '@willsoto/nestjs-prometheus';
import { holdInProcess, Observations } from '#observation';
import { METRICS_OPTIONS } from '../metrics.module-definition.js';
import { completeMetricsOptions, type MetricsOptions } from '../metrics.options.js';
import { UsersMetrics } from './users-metrics.js';

export {
  InjectMetric,
  makeCounterProvider,
  makeGaugeProvider,
  makeHistogramProvider,
  makeSummaryProvider,
} from '@willsoto/nestjs-prometheus';

/**
 * What every `makeCounterProvider(...)` and its siblings ask for before they make their metric. The token itself is
 * not exported; a provider shows it.
 */
export const ASKED_BY_USERS_METRICS = (
  (makeCounterProvider({ name: 'token', help: 'token' }) as FactoryProvider).inject![0] as OptionalFactoryDependency
).token;

/** The module of `@willsoto/nestjs-prometheus` with its page, if the app imports that as well. */
function findPrometheusModule(modules: ModulesContainer) {
  return [...modules.values()].find(({ metatype }) => metatype === PrometheusModule);
}

const PROMETHEUS_MODULE_WARNING =
  'PrometheusModule is imported as well. Its own page stands on the port of the app, under guards and prefix, and in ' +
  'OpenMetrics it renames every counter for good, so its registry takes no exemplars now. Remove ' +
  'PrometheusModule.register(): makeCounterProvider() and @InjectMetric() work without it, and /metrics shows them.';

export const USERS_METRICS_PROVIDERS: FactoryProvider[] = [
  {
    provide: UsersMetrics,
    inject: [METRICS_OPTIONS, Observations, ModulesContainer],
    useFactory: (options: MetricsOptions | false, observations: Observations, modules: ModulesContainer) => {
      if (options === false) return undefined;
      const { maxSeries } = completeMetricsOptions(options);
      const takesExemplars = findPrometheusModule(modules) === undefined;
      if (!takesExemplars) new Logger('MetricsModule').warn(PROMETHEUS_MODULE_WARNING);
      return holdInProcess(observations, 'users-metrics', () => new UsersMetrics(maxSeries, takesExemplars));
    },
  },
  {
    // Users' own metrics wait for this, and so find a registry that takes exemplars.
    provide: ASKED_BY_USERS_METRICS,
    inject: [ModulesContainer, UsersMetrics],
    useFactory: (modules: ModulesContainer) =>
      findPrometheusModule(modules)?.providers.get(ASKED_BY_USERS_METRICS)?.instance as unknown,
  },
];
