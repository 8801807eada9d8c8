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
  /** Of any app, for as long as something still belongs to it. */
  readonly #loggerOf = new WeakMap<Observations, AppLogger>();
  readonly #running = new Set<AppLogger>();
  /** Has the last word when no app runs any more. */
  #last: AppLogger | undefined;

  constructor() {
    const used = (Logger as unknown as NestLoggerField).staticInstanceRef;
    this.#before = used instanceof RoutingLogger ? used.#before : used;
  }

  add(app: Observations, logger: AppLogger): void {
    this.#loggerOf.set(app, logger);
    this.#running.add(logger);
    this.#last = undefined;
  }

  /** The app has gone; only its own late work still finds its logger. */
  remove(logger: AppLogger): void {
    if (this.#running.delete(logger) && this.#running.size === 0) this.#last = logger;
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
    if (app !== undefined) return this.#loggerOf.get(app) ?? this.#before;
    return [...this.#running].at(-1) ?? this.#last;
  }
}
