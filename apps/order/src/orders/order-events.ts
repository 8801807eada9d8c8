import { Injectable } from '@nestjs/common';
import type { Order } from './order.js';

type Listener = (order: Order) => void;

/** Tells whoever listens that an order was placed, once it is stored. */
@Injectable()
export class OrderEvents {
  private readonly listeners: Listener[] = [];

  onPlaced(listener: Listener): void {
    this.listeners.push(listener);
  }

  placed(order: Order): void {
    for (const listener of this.listeners) listener(order);
  }
}
