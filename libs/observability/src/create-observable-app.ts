import type { INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { createStartLogger, logStartFailure } from '#logging';
import { appsInProcess, leaveProcess, resolveServiceIdentity } from '#observation';
import { installObservability } from './install-observability.js';

/**
 * Creates an app as `NestFactory.create` does, with logger, ordered shutdown and crash policy installed. A failure
 * on the way is logged in the format of all other lines, and ends the process unless `abortOnError` is false.
 *
 * @example
 * ```ts
 * const app = await createObservableApp(AppModule, new FastifyAdapter());
 * await app.listen(3000);
 * ```
 */
export async function createObservableApp<T extends INestApplication = INestApplication>(
  module: Type | { module: Type },
  adapter?: AbstractHttpAdapter | NestApplicationOptions,
  options?: NestApplicationOptions,
): Promise<T> {
  const [httpAdapter, nestOptions] = isAdapter(adapter) ? [adapter, options] : [undefined, adapter ?? options];
  const logger = createStartLogger({}, resolveServiceIdentity().name);
  const settings: NestApplicationOptions = { bufferLogs: true, logger, ...nestOptions, abortOnError: false };
  const others = appsInProcess();
  try {
    const app = await (httpAdapter === undefined
      ? NestFactory.create<T>(module, settings)
      : NestFactory.create<T>(module, httpAdapter, settings));
    return installObservability(app);
  } catch (error) {
    // Nobody will ever shut down what never came to be, and it must not stand in the way of the next try.
    for (const app of appsInProcess()) if (!others.includes(app)) leaveProcess(app);
    if (nestOptions?.abortOnError === false) throw error;
    logStartFailure(error, logger);
    return process.exit(1);
  }
}

function isAdapter(value: AbstractHttpAdapter | NestApplicationOptions | undefined): value is AbstractHttpAdapter {
  return typeof (value as AbstractHttpAdapter | undefined)?.getHttpServer === 'function';
}
