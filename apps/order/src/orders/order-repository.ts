import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@crowsnest/observability';
import { DataSource, type EntityManager } from 'typeorm';
import { OrderChanged } from './errors/order-changed.error.js';
import { PlacementKeyTaken } from './errors/placement-key-taken.error.js';
import { Order, type OrderStatus } from './order.js';
import type { OrderCursor } from './order-cursor.js';
import { PlacementKey } from './placement-key.js';

/** Which orders a list shows. */
export interface OrderFilter {
  consumerId?: string;
  status?: OrderStatus;
  after?: OrderCursor;
  limit: number;
}

/** Keeps orders, and the keys of their placing, in PostgreSQL; a change and its audit record are one transaction. */
@Injectable()
export class OrderRepository {
  constructor(
    protected readonly database: DataSource,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Stores a new order and its key together; `authorise` runs in between, so that of two concurrent requests with one
   * key only the first comes to it.
   */
  async add(order: Order, key: PlacementKey | undefined, authorise: () => Promise<void>): Promise<void> {
    await this.audit.transaction(this.database, async (transaction) => {
      if (key) await claim(transaction, key);
      await authorise();
      await transaction.insert(Order, order);
    });
  }

  findKey(actorId: string, key: string): Promise<PlacementKey | null> {
    return this.database.manager.findOneBy(PlacementKey, { actorId, key });
  }

  find(id: string): Promise<Order | null> {
    return this.database.manager.findOneBy(Order, { id });
  }

  /** Newest first. */
  list({ consumerId, status, after, limit }: OrderFilter): Promise<Order[]> {
    const query = this.database.manager.createQueryBuilder(Order, 'o');
    if (consumerId !== undefined) query.andWhere('o.consumer_id = :consumerId', { consumerId });
    if (status !== undefined) query.andWhere('o.status = :status', { status });
    if (after) query.andWhere('(o.created_at, o.id) < (:createdAt, :id)', after);
    return query.orderBy('o.createdAt', 'DESC').addOrderBy('o.id', 'DESC').limit(limit).getMany();
  }

  /** Stores a changed order, unless somebody else changed it since it was read. */
  async update({ id, version, status, items, totalCents, updatedAt }: Order): Promise<void> {
    await this.audit.transaction(this.database, async (transaction) => {
      const changes = { status, items, totalCents, updatedAt };
      const { affected } = await transaction.update(Order, { id, version }, changes);
      if (affected !== 1) throw new OrderChanged(id);
    });
  }
}

/** Waits for a concurrent transaction with the same key, and goes on only if that one came to nothing. */
async function claim(transaction: EntityManager, key: PlacementKey): Promise<void> {
  const { raw } = await transaction
    .createQueryBuilder()
    .insert()
    .into(PlacementKey)
    .values(key)
    .orIgnore()
    .returning('key')
    .execute();
  if ((raw as unknown[]).length === 0) throw new PlacementKeyTaken();
}
