import type { INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Lifecycle } from '#lifecycle';
import { holdInProcess, Observations } from '#observation';
import { AppLog } from './app-log.js';
import { AppLogger } from './app-logger.js';
import { RoutingLogger } from './routing-logger.js';

/**
 * Has Nest, and every `new Logger()` of `@nestjs/common`, write to the log of the app, beginning with what was buffered.
 * An app whose log is off, or that does without it, keeps the logger that it has.
 */
export function installLogger(app: INestApplicationContext): void {
  if (isLogOn(app)) {
    const observations = app.get(Observations);
    const routing = holdInProcess(observations, 'nest-logger', () => new RoutingLogger());
    const logger = app.get(AppLogger);
    routing.add(observations, logger);
    app.get(Lifecycle).onFlush('logs', 'the logger of Nest', () => routing.remove(logger));
    app.useLogger(routing);
  }
  app.flushLogs();
}

/** Whether the app imports `LoggingModule` and has not switched it off. */
function isLogOn(app: INestApplicationContext): boolean {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.some(({ providers }) => providers.has(AppLog)) && app.get(AppLog).isOn;
}
