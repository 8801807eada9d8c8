import { type Params, PinoLogger } from 'nestjs-pino';
import type { Level, Logger } from 'pino';
import { LogEntry } from '../log-entry.js';
import type { AppLog } from '../app-log.js';

/**
 * nestjs-pino's logger, writing to the root of its own app. The original keeps one root for the whole process, and can
 * assign fields to a request only behind its HTTP middleware.
 */
export class AppPinoLogger extends PinoLogger {
  constructor(
    params: Params,
    private readonly log: AppLog,
  ) {
    super(params);
  }

  override get logger(): Logger {
    return this.log.root;
  }

  override assign(fields: object): void {
    this.log.assign(fields);
  }

  override runInContext<T>(work: () => T, options: { bindings?: object; inherit?: boolean } = {}): T {
    return this.log.runInScope(work, options.bindings ?? {}, options.inherit ?? false);
  }

  protected override call(method: Level, ...values: unknown[]): void {
    this.log.root[method](new LogEntry(this.context || undefined, values));
  }
}
