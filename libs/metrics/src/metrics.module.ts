import { type DynamicModule, Module } from '@nestjs/common';
import { LifecycleModule } from '#lifecycle';
import { ManagementModule } from '#management';
import { MetricRegistry } from './metric-registry.js';
import { MetricsEdge } from './metrics.edge.js';
import { ConfigurableModuleClass, METRICS_OPTIONS, type OPTIONS_TYPE } from './metrics.module-definition.js';
import type { MetricsOptions } from './metrics.options.js';
import { ASKED_BY_USERS_METRICS, USERS_METRICS_PROVIDERS } from './prom-client/users-metrics.providers.js';

/**
 * Keeps the metrics of a service and shows them at `/metrics` of the management server.
 *
 * @example
 * ```ts
 * @Module({ imports: [MetricsModule.forRoot()] })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [LifecycleModule, ManagementModule],
  providers: [
    MetricsEdge,
    {
      provide: MetricRegistry,
      inject: [METRICS_OPTIONS],
      useFactory: (options: MetricsOptions | false) => new MetricRegistry(options),
    },
    ...USERS_METRICS_PROVIDERS,
  ],
  exports: [MetricRegistry, ASKED_BY_USERS_METRICS],
})
export class MetricsModule extends ConfigurableModuleClass {
  static readonly importOnce = true;

  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    // Nest copies the options, and a copy of `false` would be an object: on.
    return options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options);
  }
}
