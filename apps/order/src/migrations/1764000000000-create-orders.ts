import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders, and the keys by which a repeated placing is recognised. */
export class CreateOrders1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table orders (
        id uuid primary key,
        consumer_id text not null,
        status text not null check (status in ('PENDING', 'APPROVED', 'REJECTED', 'CANCELLED')),
        items jsonb not null,
        total_cents bigint not null check (total_cents >= 0),
        version integer not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )
    `);
    await queryRunner.query('create index orders_newest on orders (created_at desc, id desc)');
    await queryRunner.query('create index orders_of_consumer on orders (consumer_id, created_at desc, id desc)');
    await queryRunner.query(`
      create table placement_keys (
        actor_id text not null,
        key text not null,
        fingerprint text not null,
        answer json not null,
        created_at timestamptz(3) not null,
        primary key (actor_id, key)
      )
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table placement_keys');
    await queryRunner.query('drop table orders');
  }
}
