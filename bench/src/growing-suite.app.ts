import { Injectable, Module } from '@nestjs/common';
import { Audited, Counted, createObservableApp, ObservabilityModule } from '@crowsnest/observability';
import { ManagementServer } from '@crowsnest/observability/management';
import type { MakeBenchApp } from './bench-app.js';
import { GrowingBook } from './growing-book.js';
import { type Growth, growingController } from './growing.controller.js';

@Injectable()
class ObservedBook extends GrowingBook {
  @Counted({ name: 'customer_requests', labels: { customer: ({ args: [customer] }) => customer } })
  override count(customer: string): number {
    return super.count(customer);
  }

  @Audited({ action: 'order.place', target: ({ args: [id] }) => ({ type: 'order', id }) })
  override place(order: number): number {
    return super.place(order);
  }
}

/** The growing app with the suite: each customer is a series, some requests leave an audit record. */
export const makeApp: MakeBenchApp = async ({ adapter, options }) => {
  const { growth, ...suite } = options as { growth: Growth };

  @Module({
    imports: [ObservabilityModule.forRoot(suite)],
    controllers: [growingController(growth)],
    providers: [{ provide: GrowingBook, useClass: ObservedBook }],
  })
  class GrowingSuiteModule {}

  const app = await createObservableApp(GrowingSuiteModule, adapter);
  return { app, metricsUrl: async () => `${app.get(ManagementServer, { strict: false }).url}/metrics` };
};
