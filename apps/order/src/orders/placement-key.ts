import { createHash } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PlacementKeyReused } from './errors/placement-key-reused.error.js';
import type { OrderItem } from './order.js';
import type { OrderView } from './order-view.js';

/** Remembers what was answered to a placing, so that its repetition gets the same answer and no second order. */
@Entity({ name: 'placement_keys' })
export class PlacementKey {
  @PrimaryColumn('text', { name: 'actor_id' })
  actorId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  fingerprint!: string;

  @Column('json')
  answer!: OrderView;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The earlier answer, provided that the repetition wants the same order. */
  answerTo(fingerprint: string): OrderView {
    if (fingerprint !== this.fingerprint) throw new PlacementKeyReused();
    return this.answer;
  }
}

/** Equal for two placings that want the same order. */
export function fingerprintOf(consumerId: string, items: readonly OrderItem[]): string {
  const wanted = [consumerId, items.map(({ sku, quantity, unitPriceCents }) => [sku, quantity, unitPriceCents])];
  return createHash('sha256').update(JSON.stringify(wanted)).digest('hex');
}
