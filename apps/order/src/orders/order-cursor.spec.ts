import 'reflect-metadata';
import { BadRequestException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Order } from './order.js';
import { cursorAfter, readCursor } from './order-cursor.js';

describe('readCursor', () => {
  it('reads what cursorAfter wrote', () => {
    const order = Order.place('ada', [{ sku: 'garlic-naan', quantity: 1, unitPriceCents: 299 }]);
    expect(readCursor(cursorAfter(order))).toEqual({ createdAt: order.createdAt, id: order.id });
  });

  it.each(['', 'x', '%00', Buffer.from('now 1').toString('base64url'), Buffer.from('1 x').toString('base64url')])(
    'refuses "%s"',
    (text) => {
      expect(() => readCursor(text)).toThrow(BadRequestException);
    },
  );
});
