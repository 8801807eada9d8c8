import { randomUUID } from 'node:crypto';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { TransitionRefused } from './errors/transition-refused.error.js';

export const ORDER_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'CANCELLED'] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

export interface OrderItem {
  sku: string;
  quantity: number;
  unitPriceCents: number;
}

const BIGINT_AS_NUMBER = { to: (value: number) => value, from: (text: string) => Number(text) };

/** What a customer wants to buy, and how far it has come. */
@Entity({ name: 'orders' })
export class Order {
  @PrimaryColumn('uuid')
  readonly id!: string;

  @Column('text', { name: 'consumer_id' })
  readonly consumerId!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('jsonb')
  items!: OrderItem[];

  // At most 100 items x 1,000 pieces x 1,000,000.00: far below the largest safe integer.
  @Column('bigint', { name: 'total_cents', transformer: BIGINT_AS_NUMBER })
  totalCents!: number;

  @VersionColumn()
  readonly version!: number;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  static place(consumerId: string, items: OrderItem[]): Order {
    const now = new Date();
    return Object.assign(new Order(), {
      id: randomUUID(),
      consumerId,
      status: 'PENDING',
      items,
      totalCents: totalOf(items),
      createdAt: now,
      updatedAt: now,
    });
  }

  revise(items: OrderItem[]): void {
    this.require('revised', 'PENDING');
    this.items = items;
    this.totalCents = totalOf(items);
    this.updatedAt = new Date();
  }

  approve(): void {
    this.require('approved', 'PENDING');
    this.become('APPROVED');
  }

  reject(): void {
    this.require('rejected', 'PENDING');
    this.become('REJECTED');
  }

  cancel(): void {
    this.require('cancelled', 'PENDING', 'APPROVED');
    this.become('CANCELLED');
  }

  private require(wish: string, ...allowed: OrderStatus[]): void {
    if (!allowed.includes(this.status)) throw new TransitionRefused(this.id, this.status, wish, allowed);
  }

  private become(status: OrderStatus): void {
    this.status = status;
    this.updatedAt = new Date();
  }
}

function totalOf(items: OrderItem[]): number {
  return items.reduce((total, item) => total + item.quantity * item.unitPriceCents, 0);
}
