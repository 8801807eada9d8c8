import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { ExceptionsModule } from '#exceptions';
import { HealthModule } from '#health';
import { LifecycleModule } from '#lifecycle';
import { LoggingModule } from '#logging';
import { ManagementModule } from '#management';
import { MetricsModule } from '#metrics';
import { ObservationModule } from '#observation';
import { TracingModule } from '#tracing';
import { DeliveriesToMetricsBridge } from './bridges/deliveries-to-metrics.bridge.js';
import { ExceptionsToMetricsBridge } from './bridges/exceptions-to-metrics.bridge.js';
import { HealthToMetricsBridge } from './bridges/health-to-metrics.bridge.js';
import { ManagementToAuditBridge } from './bridges/management-to-audit.bridge.js';
import { InfoEndpoint } from './info.endpoint.js';
import {
  type ASYNC_OPTIONS_TYPE,
  OBSERVABILITY_MODULE_OPTIONS,
  ObservabilitySettingsModule,
} from './observability-settings.module.js';
import type { ObservabilityModuleOptions, PatternName } from './observability.options.js';

/** One line a pattern: the umbrella imports each of them with its part of the options. */
const PATTERNS = {
  tracing: TracingModule,
  logging: LoggingModule,
  metrics: MetricsModule,
  exceptions: ExceptionsModule,
  health: HealthModule,
  audit: AuditModule,
} satisfies Record<PatternName, unknown>;

/** Where two patterns meet. */
const BRIDGES = [DeliveriesToMetricsBridge, ExceptionsToMetricsBridge, HealthToMetricsBridge, ManagementToAuditBridge];

/**
 * Makes a service observable: import it once, in the root module.
 *
 * @example
 * ```ts
 * @Module({ imports: [ObservabilityModule.forRoot()] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class ObservabilityModule {
  static readonly importOnce = true;

  static forRoot(options: ObservabilityModuleOptions = {}): DynamicModule {
    return assemble(ObservabilitySettingsModule.forRoot(options));
  }

  static forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return assemble(ObservabilitySettingsModule.forRootAsync(options));
  }
}

function assemble(settings: DynamicModule): DynamicModule {
  const patterns = Object.entries(PATTERNS).map(([name, pattern]) =>
    pattern.forRootAsync({
      imports: [settings],
      inject: [OBSERVABILITY_MODULE_OPTIONS],
      useFactory: (options: ObservabilityModuleOptions) => (options[name as PatternName] ?? {}) as never,
    }),
  );
  return {
    module: ObservabilityModule,
    global: true,
    imports: [settings, ObservationModule, LifecycleModule, ManagementModule, ...patterns],
    providers: [InfoEndpoint, ...BRIDGES],
    exports: [ObservationModule, LifecycleModule, ManagementModule, ...patterns],
  };
}
