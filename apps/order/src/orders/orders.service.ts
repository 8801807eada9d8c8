import { Injectable } from '@nestjs/common';
import { Audited, Counted, Timed, Traced } from '@crowsnest/observability';
import type { Actor } from '../auth/actor.js';
import { NotTheConsumer } from './errors/not-the-consumer.error.js';
import { OrderNotFound } from './errors/order-not-found.error.js';
import { Order, type OrderItem } from './order.js';
import { OrderEvents } from './order-events.js';
import { type OrderFilter, OrderRepository } from './order-repository.js';
import { Payment } from './payment.js';
import type { PlacementKey } from './placement-key.js';

/** What customers and operators can do with orders. */
@Traced()
@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly payment: Payment,
    private readonly events: OrderEvents,
  ) {}

  @Timed('order.place')
  @Counted({ name: 'placed_orders', description: 'Orders that customers placed.', countOn: 'success' })
  @Audited({ action: 'order.place', target: ({ args: [, order] }) => ({ type: 'order', id: order.id }) })
  async place(actor: Actor, order: Order, key?: PlacementKey): Promise<Order> {
    if (order.consumerId !== actor.id) throw new NotTheConsumer();
    await this.orders.add(order, key, () => this.payment.authorise(order.id, order.totalCents));
    this.events.placed(order);
    return order;
  }

  @Audited({ action: 'order.read', target: ({ args: [, id] }) => ({ type: 'order', id }) })
  async read(actor: Actor, id: string): Promise<Order> {
    return this.#findFor(actor, id);
  }

  /** Newest first; a customer sees only their own. */
  @Audited('order.list')
  async list(actor: Actor, filter: OrderFilter): Promise<Order[]> {
    const consumerId = filter.consumerId ?? (actor.role === 'customer' ? actor.id : undefined);
    if (actor.role === 'customer' && consumerId !== actor.id) throw new NotTheConsumer();
    return this.orders.list({ ...filter, consumerId });
  }

  async revise(actor: Actor, id: string, items: OrderItem[]): Promise<Order> {
    return this.#change(actor, id, (order) => order.revise(items));
  }

  @Counted({ name: 'cancelled_orders', description: 'Orders that customers cancelled.', countOn: 'success' })
  async cancel(actor: Actor, id: string): Promise<Order> {
    return this.#change(actor, id, (order) => order.cancel());
  }

  @Counted({ name: 'approved_orders', description: 'Orders that operators approved.', countOn: 'success' })
  async approve(actor: Actor, id: string): Promise<Order> {
    return this.#change(actor, id, (order) => order.approve());
  }

  @Counted({ name: 'rejected_orders', description: 'Orders that operators rejected.', countOn: 'success' })
  async reject(actor: Actor, id: string): Promise<Order> {
    return this.#change(actor, id, (order) => order.reject());
  }

  async #change(actor: Actor, id: string, wish: (order: Order) => void): Promise<Order> {
    const order = await this.#findFor(actor, id);
    wish(order);
    await this.orders.update(order);
    return order;
  }

  async #findFor(actor: Actor, id: string): Promise<Order> {
    const order = await this.orders.find(id);
    if (!order) throw new OrderNotFound(id);
    if (actor.role === 'customer' && order.consumerId !== actor.id) throw new NotTheConsumer();
    return order;
  }
}
