import { BadRequestException } from '@nestjs/common';
import type { Order } from './order.js';

/** The place in a list, newest first, after which the next page begins. */
export interface OrderCursor {
  createdAt: Date;
  id: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function cursorAfter({ createdAt, id }: Order): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

export function readCursor(text: string): OrderCursor {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!/^\d{1,13}$/.test(time) || !UUID.test(id)) {
    throw new BadRequestException('after is not a cursor. Use the value of "next" of an earlier page.');
  }
  return { createdAt: new Date(Number(time)), id };
}
