import { Logger } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createObservableApp } from '@crowsnest/observability';
import { type Environment, readEnvironment } from './environment.js';
import { acceptEmptyJsonBody } from './json-body.js';
import { serveOpenApi } from './openapi.js';

const MAX_BODY_BYTES = 100 * 1_024;

const { host, port } = environmentOrExit();
// Loaded late: the module reads the environment too, and a bad variable is to end in one line.
const { GatewayModule } = await import('./gateway.module.js');
const adapter = new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES });
acceptEmptyJsonBody(adapter, MAX_BODY_BYTES);
const app = await createObservableApp(GatewayModule, adapter);
const logger = new Logger('gateway');
app.setGlobalPrefix('api');
serveOpenApi(app);

try {
  await app.listen(port, host);
  logger.log(`gateway listens on ${await app.getUrl()}`);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  logger.fatal(`gateway: port ${port} of ${host} is taken. Free it, or set PORT to another one.`);
  await app.close();
  process.exit(1);
}

function environmentOrExit(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
