import { Module } from '@nestjs/common';
import { Audited, createObservableApp, ObservabilityModule } from '@crowsnest/observability';
import { ManagementServer } from '@crowsnest/observability/management';
import type { MakeBenchApp } from './bench-app.js';
import { benchController } from './bench.controller.js';

/** The suite as a user installs it, with the options of its variant. */
export const makeApp: MakeBenchApp = async ({ adapter, downstreamUrl, options }) => {
  @Module({
    imports: [ObservabilityModule.forRoot(options)],
    controllers: [benchController({ downstreamUrl, audited: Audited('order.place') })],
  })
  class SuiteModule {}

  const app = await createObservableApp(SuiteModule, adapter);
  return { app, metricsUrl: async () => `${app.get(ManagementServer, { strict: false }).url}/metrics` };
};
