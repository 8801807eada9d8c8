import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor.js';
import { PlacementKeyTaken } from './errors/placement-key-taken.error.js';
import { Order, type OrderItem } from './order.js';
import { OrderRepository } from './order-repository.js';
import { type OrderView, viewOf } from './order-view.js';
import { OrdersService } from './orders.service.js';
import { fingerprintOf, PlacementKey } from './placement-key.js';

/** Places an order once, however often the request with the same idempotency key comes. */
@Injectable()
export class Placing {
  constructor(
    private readonly orders: OrdersService,
    private readonly repository: OrderRepository,
  ) {}

  async place(actor: Actor, consumerId: string, items: OrderItem[], key?: string): Promise<OrderView> {
    if (key === undefined) return viewOf(await this.orders.place(actor, Order.place(consumerId, items)));
    const fingerprint = fingerprintOf(consumerId, items);
    const earlier = await this.earlierAnswer(actor, key, fingerprint);
    return earlier ?? this.placeWith(actor, key, fingerprint, Order.place(consumerId, items));
  }

  private async placeWith(actor: Actor, key: string, fingerprint: string, order: Order): Promise<OrderView> {
    const answer = viewOf(order);
    const claim = { actorId: actor.id, key, fingerprint, answer, createdAt: order.createdAt };
    try {
      await this.orders.place(actor, order, Object.assign(new PlacementKey(), claim));
      return answer;
    } catch (error) {
      const earlier = error instanceof PlacementKeyTaken && (await this.earlierAnswer(actor, key, fingerprint));
      if (!earlier) throw error;
      return earlier;
    }
  }

  private async earlierAnswer(actor: Actor, key: string, fingerprint: string): Promise<OrderView | undefined> {
    return (await this.repository.findKey(actor.id, key))?.answerTo(fingerprint);
  }
}
