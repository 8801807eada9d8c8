import { Module } from '@nestjs/common';
import { createObservableApp, ObservabilityModule } from '@crowsnest/observability';
import { ManagementServer } from '@crowsnest/observability/management';
import type { MakeBenchApp } from './bench-app.js';
import { BenchController } from './bench.controller.js';

/** The suite as a user installs it, with the options of its variant. */
export const makeSuiteApp: MakeBenchApp = async (adapter, options) => {
  @Module({ imports: [ObservabilityModule.forRoot(options)], controllers: [BenchController] })
  class SuiteModule {}

  const app = await createObservableApp(SuiteModule, adapter);
  return {
    app,
    metricsUrl: () => `${app.get(ManagementServer, { strict: false }).url}/metrics`,
  };
};
