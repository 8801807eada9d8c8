import { type DynamicModule, Module } from '@nestjs/common';
import { LifecycleModule } from '#lifecycle';
import { LoggingModule } from '#logging';
import { ManagementModule } from '#management';
import { MetricsModule } from '#metrics';
import { ObservationModule } from '#observation';
import { TracingModule } from '#tracing';
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
} satisfies Record<PatternName, unknown>;

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
    providers: [InfoEndpoint],
    exports: [ObservationModule, LifecycleModule, ManagementModule, ...patterns],
  };
}
