import { setImmediate as tick } from 'node:timers/promises';
import { Logger, type LoggerService, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { currentApp } from '#observation';
import { AppLogger } from './app-logger.js';
import { collectGarbage } from './collect-garbage.fixture.js';
import { installLogger } from './install-logger.js';
import { LoggedApp } from './logged-app.fixture.js';
import { PricesService } from './logged-orders.fixture.js';

const usedByNest = (): LoggerService | undefined =>
  (Logger as unknown as { staticInstanceRef?: LoggerService }).staticInstanceRef;

// What Nest writes with in this file unless somebody installs another.
const SILENT: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };

beforeEach(async () => {
  await tick();
  Logger.overrideLogger(SILENT);
});

describe('an app without the module', () => {
  it('keeps the logger that it has', async () => {
    @Module({})
    class SilentModule {}

    const nest = await NestFactory.createApplicationContext(SilentModule, { bufferLogs: true, logger: SILENT });
    installLogger(nest);
    expect(usedByNest()).toBe(SILENT);
    await nest.close();
  });
});

describe('two apps in one process', () => {
  it('each get the lines of their own requests, services and start', async () => {
    await using red = await LoggedApp.start({ name: 'red', adapter: new ExpressAdapter() });
    await using blue = await LoggedApp.start({ name: 'blue', adapter: new FastifyAdapter() });
    const asked = await Promise.all([red, blue, red, blue].map((app) => app.ask('/orders/price/oil')));
    for (const [index, name] of ['red', 'blue', 'red', 'blue'].entries()) {
      expect(asked[index]!.lines.map(({ service, msg }) => [service, msg])).toEqual([
        [name, 'priced'],
        [name, 'told the price'],
        [name, 'GET /orders/price/:sku 200'],
      ]);
    }
    for (const [app, name] of [[red, 'red'] as const, [blue, 'blue'] as const]) {
      app.nest.get(PricesService).pino.info('outside of any request');
      expect(app.lines.at(-1)).toMatchObject({ service: name, msg: 'outside of any request' });
      expect(new Set(app.lines.map(({ service }) => service))).toEqual(new Set([name]));
      expect(app.lines.filter(({ msg }) => msg === 'Nest application successfully started')).toHaveLength(1);
    }
  });

  it('go on alone when the other one closes', async () => {
    await using red = await LoggedApp.start({ name: 'red' });
    const blue = await LoggedApp.start({ name: 'blue' });
    await blue.nest.close();
    new Logger('Main').log('who is left');
    expect(red.lines.at(-1)).toMatchObject({ service: 'red', msg: 'who is left' });
    expect((await red.ask('/orders/7')).lines).toHaveLength(3);
  });

  it('are not kept in memory once they have closed', async () => {
    await using _red = await LoggedApp.start({ name: 'red' });
    const closed = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const blue = await LoggedApp.start({ name: 'blue' });
        const logger = new WeakRef(blue.nest.get(AppLogger));
        await blue.nest.close();
        return logger;
      }),
    );
    await collectGarbage();
    expect(closed.filter((logger) => logger.deref() !== undefined)).toHaveLength(0);
  });

  it('leave each other alone when one of them does not log', async () => {
    const heard: unknown[] = [];
    const own = { log: (message: unknown) => heard.push(message), warn: () => 0, error: () => 0 };
    Logger.overrideLogger(own);
    {
      await using red = await LoggedApp.start({ name: 'red' });
      await using silent = await LoggedApp.start({ name: 'silent', logging: false });
      const said = red.lines.length;
      await (await silent.get('/orders/7')).text();
      expect(heard).toContain('reading 7');
      expect(red.lines.length).toBe(said);
    }
    await tick();
    expect(usedByNest()).toBe(own);
  });
});

describe('the logger of Nest', () => {
  it('is given back a moment after the last app has gone, and writes its lines until then', async () => {
    const red = await LoggedApp.start({ name: 'red' });
    const blue = await LoggedApp.start({ name: 'blue' });
    await red.nest.close();
    await tick();
    expect(usedByNest()).not.toBe(SILENT);
    await blue.nest.close();
    expect(currentApp()).toBeUndefined();
    new Logger('Main').log('last words');
    expect(blue.lines.at(-1)).toMatchObject({ service: 'blue', msg: 'last words' });
    await tick();
    expect(usedByNest()).toBe(SILENT);
  });

  it('is not taken away from an app that comes at once', async () => {
    const red = await LoggedApp.start({ name: 'red' });
    await red.nest.close();
    await using blue = await LoggedApp.start({ name: 'blue' });
    await tick();
    new Logger('Main').log('still here');
    expect(blue.lines.at(-1)).toMatchObject({ msg: 'still here' });
    await blue.nest.close();
    await tick();
    expect(usedByNest()).toBe(SILENT);
  });

  it('stays when nobody installed another, and injected loggers write all the same', async () => {
    await using app = await LoggedApp.start({ install: false });
    expect(usedByNest()).toBe(SILENT);
    app.nest.flushLogs();
    app.nest.get(PricesService).pino.info('injected');
    expect(app.lines.map(({ msg }) => msg)).toEqual(['injected']);
  });
});
