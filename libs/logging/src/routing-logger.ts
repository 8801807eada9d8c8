import { Logger, type LoggerService } from '@nestjs/common';
import { currentFrame, type Observations } from '#observation';
import type { AppLogger } from './app-logger.js';

/** Nest says nowhere in public which logger it uses; it keeps it in this field since version 8. */
type NestLoggerField = { staticInstanceRef?: LoggerService };

/**
 * The one logger that Nest has in a process, handing each line to the app that it belongs to: that of the running
 * request, or else the app that was started last.
 */
export class RoutingLogger implements LoggerService {
  readonly #before: LoggerService | undefined;
  readonly #loggers = new Map<Observations, AppLogger>();

  constructor() {
    const used = (Logger as unknown as NestLoggerField).staticInstanceRef;
    this.#before = used instanceof RoutingLogger ? used.#before : used;
  }

  add(app: Observations, logger: AppLogger): void {
    this.#loggers.set(app, logger);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#current()?.verbose?.(message, ...rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#current()?.debug?.(message, ...rest);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#current()?.log(message, ...rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#current()?.warn(message, ...rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#current()?.error(message, ...rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#current()?.fatal?.(message, ...rest);
  }

  /**
   * Gives Nest back the logger that it had, a moment after the last app has gone: what the process says on its way out
   * still looks like all the rest.
   */
  release(): void {
    setImmediate(() => {
      if ((Logger as unknown as NestLoggerField).staticInstanceRef === this)
        Logger.overrideLogger(this.#before ?? false);
    }).unref();
  }

  #current(): LoggerService | undefined {
    const app = currentFrame()?.app;
    if (app !== undefined) return this.#loggers.get(app) ?? this.#before;
    const loggers = [...this.#loggers.values()];
    return loggers.findLast(({ isOpen }) => isOpen) ?? loggers.at(-1);
  }
}
