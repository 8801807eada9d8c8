import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@crowsnest/observability';
import { DataSource } from 'typeorm';
import type { Order } from '../orders/order.js';
import { type OrderFilter, OrderRepository } from '../orders/order-repository.js';
import type { PlacementKey } from '../orders/placement-key.js';
import { Faults } from './faults.js';

/** The order repository, made slow or broken when a fault asks for it. */
@Injectable()
export class OrderRepositoryWithFaults extends OrderRepository {
  constructor(
    database: DataSource,
    audit: AuditTrail,
    private readonly faults: Faults,
  ) {
    super(database, audit);
  }

  override async add(order: Order, key: PlacementKey | undefined, authorise: () => Promise<void>): Promise<void> {
    await this.slowDown();
    await super.add(order, key, authorise);
  }

  override async findKey(actorId: string, key: string): Promise<PlacementKey | null> {
    await this.slowDown();
    return super.findKey(actorId, key);
  }

  override async find(id: string): Promise<Order | null> {
    await this.slowDown();
    const order = await super.find(id);
    return order && this.faults.isOn('bug') ? mistaken(order) : order;
  }

  override async list(filter: OrderFilter): Promise<Order[]> {
    await this.slowDown();
    return super.list(filter);
  }

  override async update(order: Order): Promise<void> {
    await this.slowDown();
    await super.update(order);
  }

  private async slowDown(): Promise<void> {
    if (this.faults.isOn('slow-database')) await this.database.query('select pg_sleep(0.4)');
  }
}

/** Reads a field that no order has: the kind of mistake that types usually prevent. */
function mistaken(order: Order): Order {
  (order as unknown as { address: { city: string } }).address.city.trim();
  return order;
}
