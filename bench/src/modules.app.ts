import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Audited, createObservableApp } from '@crowsnest/observability';
import { AuditModule } from '@crowsnest/observability/audit';
import { ExceptionsModule } from '@crowsnest/observability/exceptions';
import { HealthModule } from '@crowsnest/observability/health';
import { LoggingModule } from '@crowsnest/observability/logging';
import { MANAGEMENT_OPTIONS, ManagementServer } from '@crowsnest/observability/management';
import { MetricsModule } from '@crowsnest/observability/metrics';
import { OBSERVATION_OPTIONS } from '@crowsnest/observability/observation';
import { TracingModule } from '@crowsnest/observability/tracing';
import type { MakeBenchApp } from './bench-app.js';
import { benchController } from './bench.controller.js';

const PATTERNS: Record<string, { forRoot(options: object): DynamicModule }> = {
  tracing: TracingModule,
  logging: LoggingModule,
  metrics: MetricsModule,
  exceptions: ExceptionsModule,
  health: HealthModule,
  audit: AuditModule,
};

/** The modules of the patterns that are on, each imported by itself; what is off is not in the app at all. */
export const makeApp: MakeBenchApp = async ({ adapter, downstreamUrl, options }) => {
  const { service, management, ...patterns } = options as Record<string, object | false>;

  @Global()
  @Module({
    providers: [
      { provide: OBSERVATION_OPTIONS, useValue: { service } },
      { provide: MANAGEMENT_OPTIONS, useValue: management },
    ],
    exports: [OBSERVATION_OPTIONS, MANAGEMENT_OPTIONS],
  })
  class SettingsModule {}

  const on = Object.entries(patterns).flatMap(([name, given]) => given && PATTERNS[name]!.forRoot(given));

  @Module({
    imports: [SettingsModule, ...on.filter((module) => module !== false)],
    controllers: [benchController({ downstreamUrl, audited: Audited('order.place') })],
  })
  class ModulesModule {}

  const app = await createObservableApp(ModulesModule, adapter);
  return { app, metricsUrl: async () => `${app.get(ManagementServer, { strict: false }).url}/metrics` };
};
