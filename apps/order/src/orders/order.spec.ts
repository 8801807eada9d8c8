import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { TransitionRefused } from './errors/transition-refused.error.js';
import { Order, type OrderStatus } from './order.js';

const CHICKEN_VINDALOO = { sku: 'chicken-vindaloo', quantity: 3, unitPriceCents: 1034 };
const GARLIC_NAAN = { sku: 'garlic-naan', quantity: 2, unitPriceCents: 299 };

function orderThatIs(status: OrderStatus): Order {
  return Object.assign(Order.place('ada', [CHICKEN_VINDALOO]), { status });
}

describe('Order', () => {
  it('starts pending with its total in cents', () => {
    const order = Order.place('ada', [CHICKEN_VINDALOO, GARLIC_NAAN]);
    expect(order).toMatchObject({ consumerId: 'ada', status: 'PENDING', totalCents: 3_700 });
    expect(order.updatedAt).toEqual(order.createdAt);
  });

  it('adds the largest order up exactly', () => {
    const items = Array.from({ length: 100 }, () => ({ sku: 'yacht', quantity: 1_000, unitPriceCents: 99_999_999 }));
    expect(Order.place('ada', items).totalCents).toBe(9_999_999_900_000);
  });

  it('takes new items and a new total when it is revised', () => {
    const order = orderThatIs('PENDING');
    order.revise([GARLIC_NAAN]);
    expect(order).toMatchObject({ status: 'PENDING', items: [GARLIC_NAAN], totalCents: 598 });
  });

  it.each([
    ['approve', 'PENDING', 'APPROVED'],
    ['reject', 'PENDING', 'REJECTED'],
    ['cancel', 'PENDING', 'CANCELLED'],
    ['cancel', 'APPROVED', 'CANCELLED'],
  ] as const)('can %s one that is %s', (wish, from, to) => {
    const order = orderThatIs(from);
    order[wish]();
    expect(order.status).toBe(to);
  });

  it.each([
    ['approve', ['APPROVED', 'REJECTED', 'CANCELLED']],
    ['reject', ['APPROVED', 'REJECTED', 'CANCELLED']],
    ['cancel', ['REJECTED', 'CANCELLED']],
    ['revise', ['APPROVED', 'REJECTED', 'CANCELLED']],
  ] as const)('refuses to %s one that is further on', (wish, statuses) => {
    for (const status of statuses) {
      const order = orderThatIs(status);
      expect(() => order[wish]([GARLIC_NAAN])).toThrow(TransitionRefused);
      expect(order).toMatchObject({ status, items: [CHICKEN_VINDALOO] });
    }
  });

  it('says which statuses would have allowed the wish', () => {
    const order = orderThatIs('REJECTED');
    expect(() => order.cancel()).toThrow(
      `Order ${order.id} is REJECTED. Only one that is PENDING or APPROVED can be cancelled.`,
    );
  });
});
