import type { INestApplicationContext } from '@nestjs/common';
import { installProcessEnd } from '#lifecycle';
import { installLogger } from '#logging';

/**
 * Installs the logger, the ordered shutdown and the crash policy in an app that `NestFactory` made.
 *
 * @example
 * ```ts
 * const app = await NestFactory.create(AppModule, { bufferLogs: true });
 * installObservability(app);
 * await app.listen(3000);
 * ```
 */
export function installObservability<T extends INestApplicationContext>(app: T): T {
  installLogger(app);
  installProcessEnd(app);
  return app;
}
