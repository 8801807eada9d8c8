import { Logger } from '@nestjs/common';
import { createObservableApp } from '@crowsnest/observability';
import { type Environment, readEnvironment } from './environment.js';

const { host, port } = environmentOrExit();
// Loaded late: the module reads the environment too, and a bad variable is to end in one line.
const { OrderModule } = await import('./order.module.js');
const app = await createObservableApp(OrderModule);
const logger = new Logger('order');

try {
  await app.listen(port, host);
  logger.log(`order listens on ${await app.getUrl()}`);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  logger.fatal(`order: port ${port} of ${host} is taken. Free it, or set PORT to another one.`);
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
