import { fromCents } from './money.js';
import type { Order, OrderStatus } from './order.js';

/** An order as callers see it; amounts are decimal numbers with at most two places. */
export interface OrderView {
  id: string;
  consumerId: string;
  status: OrderStatus;
  items: { sku: string; quantity: number; unitPrice: number }[];
  total: number;
  createdAt: string;
  updatedAt: string;
}

export function viewOf(order: Order): OrderView {
  return {
    id: order.id,
    consumerId: order.consumerId,
    status: order.status,
    items: order.items.map(({ sku, quantity, unitPriceCents }) => ({
      sku,
      quantity,
      unitPrice: fromCents(unitPriceCents),
    })),
    total: fromCents(order.totalCents),
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  };
}
