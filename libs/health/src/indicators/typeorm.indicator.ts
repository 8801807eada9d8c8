import { HealthIndicatorService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import type { CheckAnswer } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';
import { understandAnswer } from '../understood-answer.js';

/** terminus wants a deadline; the one that matters is the contributor's. */
const TERMINUS_TIMEOUT_MS = 60_000;

/** What is needed of a TypeORM `DataSource`. */
export interface QueriedDataSource {
  readonly options: { readonly type: string };
  query(sql: string): Promise<unknown>;
}

/** Asks a database the smallest question through the TypeORM `DataSource` that the service itself uses. */
export class TypeOrmIndicator implements HealthIndicator {
  readonly #terminus: TypeOrmHealthIndicator;

  constructor(
    readonly name: string,
    private readonly dataSource: QueriedDataSource,
  ) {
    this.#terminus = terminusIndicator(name);
  }

  async check(signal: AbortSignal): Promise<CheckAnswer> {
    signal.throwIfAborted();
    const options = { connection: this.dataSource, timeout: TERMINUS_TIMEOUT_MS };
    return understandAnswer(await this.#terminus.pingCheck(this.name, options));
  }
}

function terminusIndicator(name: string): TypeOrmHealthIndicator {
  try {
    // With a connection given, it never looks into a module for one.
    return new TypeOrmHealthIndicator(undefined as never, new HealthIndicatorService());
  } catch (cause) {
    throw new Error(
      `HealthModule: the check "${name}" needs packages that are not installed. Run: npm install @nestjs/typeorm typeorm`,
      { cause },
    );
  }
}
