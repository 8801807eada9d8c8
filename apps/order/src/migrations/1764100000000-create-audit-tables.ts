import { AUDIT_TABLES } from '@crowsnest/observability/audit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the audit log, beside the orders that its records tell of. */
export class CreateAuditTables1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of AUDIT_TABLES.up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of AUDIT_TABLES.down) await queryRunner.query(statement);
  }
}
