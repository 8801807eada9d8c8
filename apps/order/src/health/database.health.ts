import { Injectable } from '@nestjs/common';
import { type CheckAnswer, HealthContributor, TypeOrmIndicator } from '@crowsnest/observability/health';
import { DataSource } from 'typeorm';

/** Without its database the order service can do nothing. */
@Injectable()
export class DatabaseHealth {
  private readonly database: TypeOrmIndicator;

  constructor(dataSource: DataSource) {
    this.database = new TypeOrmIndicator('database', dataSource);
  }

  @HealthContributor('database')
  ping(signal: AbortSignal): Promise<CheckAnswer> {
    return this.database.check(signal);
  }
}
