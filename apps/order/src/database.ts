import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { Environment } from './environment.js';
import { CreateOrders1764000000000 } from './migrations/1764000000000-create-orders.js';
import { CreateAuditTables1764100000000 } from './migrations/1764100000000-create-audit-tables.js';
import { Order } from './orders/order.js';
import { PlacementKey } from './orders/placement-key.js';

/** How the order service reaches its PostgreSQL; migrations run at start. */
export function databaseOptions(environment: Environment): TypeOrmModuleOptions {
  return {
    type: 'postgres',
    url: environment.databaseUrl,
    applicationName: 'order',
    entities: [Order, PlacementKey],
    migrations: [CreateOrders1764000000000, CreateAuditTables1764100000000],
    migrationsRun: true,
    poolSize: 10,
    connectTimeoutMS: 5_000,
    retryAttempts: 5,
    retryDelay: 1_000,
    logging: false,
  };
}
