import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { MANAGEMENT_OPTIONS } from '#management';
import { OBSERVATION_OPTIONS } from '#observation';
import { AppLog } from './app-log.js';
import { AppLogger } from './app-logger.js';
import { installLogger } from './install-logger.js';
import { LoggingModule } from './logging.module.js';
import { createStartLogger, logStartFailure } from './start-logger.js';

// A program that logs to its standard output and ends in the way that its first argument names.
const [, , ending] = process.argv;

@Injectable()
class LateHook implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    for (let index = 0; index < 5_000; index += 1) {
      if (index % 1_000 === 0) await sleep(1);
      new Logger('LateHook').log(`hook ${index}`);
    }
  }
}

@Global()
@Module({
  providers: [
    { provide: MANAGEMENT_OPTIONS, useValue: false },
    { provide: OBSERVATION_OPTIONS, useValue: { service: { name: 'late' } } },
  ],
  exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS],
})
class Settings {}

const broken = { provide: 'BROKEN', useFactory: () => Promise.reject(new RangeError('the database has no name')) };

@Module({
  imports: [Settings, LoggingModule.forRoot()],
  providers: [LateHook, ...(ending === 'broken' ? [broken] : [])],
})
class AppModule {}

const started = NestFactory.create(AppModule, { bufferLogs: true, abortOnError: false, logger: createStartLogger() });
const app = await started.catch((error: unknown) => {
  logStartFailure(error);
  process.exit(1);
});
installLogger(app);
await app.init();
const logger = app.get(AppLogger);

switch (ending) {
  case 'exit':
    for (let index = 0; index < 5_000; index += 1) logger.log(`line ${index}`);
    process.on('exit', () => logger.log('from an exit listener'));
    process.exit(0);
    break;
  case 'close':
    process.once('SIGTERM', () => {
      void app.close().then(() => {
        logger.log('after the app closed');
        new Logger('Main').log('from main');
        process.kill(process.pid, 'SIGKILL');
      });
    });
    setInterval(() => logger.log('under load'), 1);
    process.stderr.write('ready\n');
    break;
  case 'stall':
  case 'stall pino': {
    const plain = pino();
    const info = (text: string): void => (ending === 'stall' ? logger.log(text) : plain.info(text));
    const padding = 'x'.repeat(1_000);
    let longestMs = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
      for (let index = 0; index < 200; index += 1) info(padding);
    }, 5);
    process.once('SIGTERM', () => {
      clearInterval(timer);
      process.stderr.write(`${JSON.stringify({ longestMs })}\n`);
      void app.close().then(() => process.exit(0));
    });
    process.stderr.write('ready\n');
    break;
  }
  case 'reader gone': {
    const timer = setInterval(() => logger.log('is anybody there'), 1);
    setTimeout(() => {
      clearInterval(timer);
      process.stderr.write(JSON.stringify(app.get(AppLog).output.ledger!.snapshot()));
      process.exit(0);
    }, 1_000);
    break;
  }
  default:
    logger.log('nothing keeps this process alive');
}
