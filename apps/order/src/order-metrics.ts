import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MetricRegistry } from '@crowsnest/observability';
import { fromCents } from './orders/money.js';
import { OrderEvents } from './orders/order-events.js';

/** Measures what a decorator on a method cannot: the amounts of the orders that were placed. */
@Injectable()
export class OrderMetrics implements OnModuleInit {
  constructor(
    private readonly events: OrderEvents,
    private readonly registry: MetricRegistry,
  ) {}

  onModuleInit(): void {
    const amounts = this.registry.histogram({
      name: 'order_total_amount',
      description: 'Totals of the orders that customers placed, in units of the currency.',
      buckets: [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 25_000],
    });
    this.events.onPlaced((order) => amounts.observe(fromCents(order.totalCents)));
  }
}
