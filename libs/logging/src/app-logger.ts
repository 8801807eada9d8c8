import type { LoggerService } from '@nestjs/common';
import type { AppLog } from './app-log.js';
import { LogEntry } from './log-entry.js';

const STACK = /\n\s*at /;

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** The app's log as Nest calls it; `new Logger('Orders')` of `@nestjs/common` writes here once it is installed. */
export class AppLogger implements LoggerService {
  constructor(private readonly appLog: AppLog) {}

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest passes the context as the last text, and an error's stack as a text of its own. */
  #write(level: Level, message: unknown, rest: unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !STACK.test(last) ? last : undefined;
    const params = context === undefined ? rest : rest.slice(0, -1);
    const values = params.map((param) => (isStack(param) ? errorOf(message, param) : param));
    this.appLog.root[level](new LogEntry(context, [message, ...values]));
  }
}

function isStack(param: unknown): param is string {
  return typeof param === 'string' && STACK.test(param);
}

/** What Nest took apart into message and stack. */
function errorOf(message: unknown, stack: string): object {
  const type = /^(?:Uncaught )?([A-Z]\w*)/.exec(stack)?.[1] ?? 'Error';
  return { err: { type, message: typeof message === 'string' ? message : undefined, stack } };
}
