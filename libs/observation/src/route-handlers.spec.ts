import { All, Controller, Get, Module, Scope, type Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { FastifyAdapter, RouteConfig } from '@nestjs/platform-fastify';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, ObservedApp } from './http-edge.fixture.js';
import { routeHandlersOf } from './route-handlers.js';

class Readable {
  @Get('read')
  read(): string {
    return this.constructor.name;
  }

  help(): string {
    return 'no route';
  }
}

@Controller('lanterns')
class Lanterns extends Readable {}

@Controller('sails')
class Sails extends Readable {}

@Controller({ path: 'logs', scope: Scope.REQUEST })
class Logs {
  @Get()
  @RouteConfig({ limit: 7 })
  list(): string {
    return 'logs';
  }
}

@Controller('anything')
class Anything {
  @All()
  answer(): string {
    return 'anything';
  }
}

@Controller('replaced')
class Replaced extends Readable {
  override read = (): string => 'replaced';
}

async function handlersIn(...controllers: Type[]): Promise<string[] | undefined> {
  @Module({ controllers })
  class FirstModule {}
  @Module({ controllers })
  class SecondModule {}
  @Module({ imports: [DiscoveryModule, FirstModule, SecondModule] })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const found = routeHandlersOf(app.get(DiscoveryService, { strict: false }).getControllers());
  await app.close();
  return found && [...found].map(([handler, { name }]) => `${name}.${handler.name}`);
}

describe('the handlers of routes', () => {
  it('are known by their methods, also where they are made for each request or several modules have them', async () => {
    expect(await handlersIn(Lanterns, Logs)).toEqual(['Lanterns.read', 'Logs.list']);
  });

  it.each([
    ['that several classes inherit', [Lanterns, Sails]],
    ['that an instance replaces', [Replaced]],
    ['for all methods of HTTP', [Logs, Anything]],
  ])('are not told of when there is one %s', async (_title, controllers) => {
    expect(await handlersIn(...controllers)).toBeUndefined();
  });
});

const ROUTES: [string, Type[], Record<string, string>][] = [
  ['each its own', [Lanterns, Logs], { '/lanterns/read': 'Lanterns.read', '/logs': 'Logs.list' }],
  ['one that two inherit', [Lanterns, Sails], { '/lanterns/read': 'Lanterns.read', '/sails/read': 'Sails.read' }],
  ['one of them for all methods', [Anything, Logs], { '/anything': 'Anything.answer', '/logs': 'Logs.list' }],
];

describe.each(ADAPTERS)('requests on %s', (_name, adapter) => {
  it.each(ROUTES)('name the handlers of an app with %s', async (_title, controllers, expected) => {
    await using app = await ObservedApp.start(adapter(), undefined, controllers);
    for (const path of Object.keys(expected)) await (await fetch(app.url(`/api/v1${path}`))).text();
    const observed = await app.finished(2);
    const named = observed.map(({ path, functionName }) => [path.replace('/api/v1', ''), functionName]);
    expect(Object.fromEntries(named)).toEqual(expected);
  });
});

describe('the configuration of a route on Fastify', () => {
  it('keeps what was said of it', async () => {
    const limits: unknown[] = [];
    const adapter = new FastifyAdapter();
    adapter.getInstance().addHook('onSend', async ({ routeOptions }) => {
      limits.push((routeOptions.config as { limit?: number }).limit);
    });
    await using app = await ObservedApp.start(adapter, undefined, [Logs]);
    await (await fetch(app.url('/api/v1/logs'))).text();
    const [request] = await app.finished(1);
    expect([limits, request?.functionName]).toEqual([[7], 'Logs.list']);
  });
});
