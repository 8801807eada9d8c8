import 'reflect-metadata';
import { ObservabilityTestingModule, ObservedSignals } from '@crowsnest/observability/testing';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrderMetrics } from '../order-metrics.js';
import { NotTheConsumer } from './errors/not-the-consumer.error.js';
import { PaymentUnavailable } from './errors/payment-unavailable.error.js';
import { Order } from './order.js';
import { OrderEvents } from './order-events.js';
import { OrderRepository } from './order-repository.js';
import { OrdersService } from './orders.service.js';
import { InProcessPayment, Payment } from './payment.js';

const GARLIC_NAAN = { sku: 'garlic-naan', quantity: 2, unitPriceCents: 299 };

class OrdersInMemory implements Pick<OrderRepository, 'add' | 'find'> {
  private readonly orders = new Map<string, Order>();

  async add(order: Order, _key: unknown, authorise: () => Promise<void>): Promise<void> {
    await authorise();
    this.orders.set(order.id, order);
  }

  async find(id: string): Promise<Order | null> {
    return this.orders.get(id) ?? null;
  }
}

const ADA = { id: 'ada', role: 'customer' } as const;

describe('OrdersService', () => {
  let signals: ObservedSignals;
  let orders: OrdersService;
  let payment: Payment;
  let close: () => Promise<void>;

  beforeEach(async () => {
    payment = new InProcessPayment();
    const module = await Test.createTestingModule({
      imports: [ObservabilityTestingModule.forRoot({ service: { name: 'order' } })],
      providers: [
        OrdersService,
        OrderEvents,
        OrderMetrics,
        { provide: OrderRepository, useClass: OrdersInMemory },
        { provide: Payment, useValue: payment },
      ],
    }).compile();
    close = () => module.close();
    signals = module.get(ObservedSignals).attach(module);
    orders = module.get(OrdersService);
    await module.init();
  });

  afterEach(() => close());

  it('tells of an order that is placed by a span, counts and amounts, and an audit record of the same trace', async () => {
    const order = await orders.place(ADA, Order.place('ada', [GARLIC_NAAN]));
    await signals.settled();
    const { traceId } = signals.traced('OrdersService.place').spanContext();
    expect(await signals.metric('placed_orders_total')).toBe(1);
    expect(await signals.metric('order_place_seconds_count', { outcome: 'success' })).toBe(1);
    expect(await signals.metric('order_total_amount_sum')).toBe(5.98);
    expect(signals.audited('order.place', { outcome: 'success' })).toMatchObject({
      targets: [{ type: 'order', id: order.id }],
      trace: { traceId },
    });
  });

  it('counts no order whose payment fails, and says so in the audit log', async () => {
    payment.authorise = () => Promise.reject(new PaymentUnavailable());
    await expect(orders.place(ADA, Order.place('ada', [GARLIC_NAAN]))).rejects.toThrow(PaymentUnavailable);
    await signals.settled();
    expect(await signals.metric('placed_orders_total')).toBe(0);
    signals.traced('OrdersService.place', { 'error.type': 'PaymentUnavailable' });
    signals.audited('order.place', { outcome: 'failure', errorType: 'PaymentUnavailable' });
  });

  it("records that another customer's order was denied", async () => {
    const { id } = await orders.place(ADA, Order.place('ada', [GARLIC_NAAN]));
    await expect(orders.read({ id: 'mallory', role: 'customer' }, id)).rejects.toThrow(NotTheConsumer);
    await signals.settled();
    expect(signals.audited('order.read', { outcome: 'denied' }).targets).toEqual([{ type: 'order', id }]);
  });

  it('records that an order in the name of another customer was denied, and counts none', async () => {
    await expect(orders.place(ADA, Order.place('bob', [GARLIC_NAAN]))).rejects.toThrow(NotTheConsumer);
    await signals.settled();
    signals.audited('order.place', { outcome: 'denied' });
    expect(await signals.metric('placed_orders_total')).toBe(0);
  });
});
