import {
  type CanActivate,
  Controller,
  Get,
  type INestApplication,
  Param,
  Post,
  Put,
  VersioningType,
} from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, ManagedApp } from './managed-app.fixture.js';
import type { ManagementEndpoint } from './management-endpoint.js';
import { write } from './raw-request.fixture.js';

const TOKEN = 'a-token-of-20-letters';
const PAGES: ManagementEndpoint[] = [
  { method: 'GET', path: '/plain', handle: () => ({ body: 'up' }) },
  { method: 'POST', path: '/echo/:name', handle: ({ params, body }) => ({ body: { ...params, body } }) },
  { method: 'GET', path: '/health/*rest', handle: ({ params }) => ({ body: params['rest'] }) },
  { method: 'GET', path: '/throws', handle: () => Promise.reject(new Error('secret')) },
];

@Controller()
class Orders {
  @Get('orders/:id')
  read(@Param('id') id: string): string {
    return `order ${id}`;
  }

  @Get(':anything')
  anything(): string {
    return 'anything';
  }
}

@Controller()
class OwnPlain {
  @Put('plain')
  plain(): string {
    return 'own';
  }
}

@Controller('health')
class OwnHealth {
  @Get('db')
  db(): string {
    return 'own';
  }
}

@Controller('echo')
class OwnEcho {
  @Post(':id')
  echo(): string {
    return 'own';
  }
}

const refuseAll: CanActivate = { canActivate: () => false };

describe.each(ADAPTERS)('the app’s own port, on %s', (_name, newAdapter) => {
  const start = (controllers: (new () => object)[] = [Orders], setUp?: (nest: INestApplication) => void) =>
    ManagedApp.start({ options: { port: 'app' }, adapter: newAdapter(), pages: PAGES, controllers, setUp });

  it.each([
    ['a page', '/plain', undefined, 200, 'up'],
    ['HEAD', '/plain', { method: 'HEAD' }, 200, ''],
    ['a query', '/plain?q=1', undefined, 200, 'up'],
    ['a method that the page does not take', '/plain', { method: 'DELETE' }, 405, expect.any(String)],
    ['a page with the rest of the path', '/health/db/primary', undefined, 200, 'db/primary'],
    ['a write', '/echo/a', write({ level: 'debug' }), 200, '{"name":"a","body":{"level":"debug"}}'],
    ['a broken write', '/echo/a', { ...write(1), body: '{' }, 400, expect.stringContaining('not valid JSON')],
    ['a write that is no JSON', '/echo/a', write(1, { 'content-type': 'text/plain' }), 415, expect.any(String)],
    ['a write under a foreign name', '/echo/a', write(1, { host: 'evil.example' }), 421, expect.any(String)],
    ['a write that is too large', '/echo/a', write('x'.repeat(200_000)), 413, expect.any(String)],
    ['a page that fails', '/throws', undefined, 500, expect.not.stringContaining('secret')],
    ['a proxy', '/plain', { headers: { 'x-forwarded-for': '203.0.113.7' } }, 403, expect.any(String)],
    ['a route of the app', '/orders/7', undefined, 200, 'order 7'],
    ['another route of the app', '/elsewhere', undefined, 200, 'anything'],
  ])('answers %s', async (_what, path, request, status, text) => {
    await using app = await start();
    expect(await app.send(path, request)).toMatchObject({ status, text });
    expect(app.pagesUrl).toBeUndefined();
  });

  it('needs the token where one is set', async () => {
    await using app = await ManagedApp.start({
      options: { port: 'app', token: TOKEN },
      adapter: newAdapter(),
      pages: PAGES,
    });
    expect((await app.send('/plain')).status).toBe(401);
    expect((await app.send('/plain', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  });

  it('is before prefix, versions and guards of the app', async () => {
    await using app = await start([Orders], (nest) => {
      nest.setGlobalPrefix('api');
      nest.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      nest.useGlobalGuards(refuseAll);
    });
    expect(await app.send('/plain')).toMatchObject({ status: 200, text: 'up' });
    expect((await app.send('/api/v1/orders/7')).status).toBe(403);
  });

  it('leaves its pages out of the observations, and nothing else', async () => {
    await using app = await start();
    await app.send('/plain');
    await app.send('/orders/7');
    await app.send('/plain', { method: 'DELETE' });
    expect(app.observed.flatMap((one) => (one.kind === 'http.server' ? one.path : []))).toEqual(['/orders/7']);
  });

  it.each([
    ['the same path', OwnPlain, '/plain', '/plain'],
    ['the same path with another parameter', OwnEcho, '/echo/:id', '/echo/:name'],
    ['a path below that of a page', OwnHealth, '/health/db', '/health/*rest'],
  ])('refuses an app with %s', async (_what, controller, route, page) => {
    await expect(start([controller])).rejects.toThrow(
      `ManagementModule: the app's route "${route}" could not be reached, because port 'app' serves the operators' page ` +
        `"${page}" there. Rename the route, or set management.port to a number.`,
    );
  });

  it('refuses a route that was there before the modules', async () => {
    const earlier = start([], (nest) => {
      nest.getHttpAdapter().get('/plain', () => 'own');
    });
    await expect(earlier).rejects.toThrow(`the app's route "/plain" could not be reached`);
  });

  it('accepts the same path under a prefix, and routes that only overlap', async () => {
    await using app = await start([OwnPlain, Orders], (nest) => nest.setGlobalPrefix('api'));
    expect((await app.send('/api/plain', { method: 'PUT' })).text).toBe('own');
    expect((await app.send('/api/elsewhere')).text).toBe('anything');
  });
});

describe('the app’s own port, reached by injection', () => {
  it('answers what Fastify is asked from inside the program', async () => {
    const [, newFastify] = ADAPTERS[1];
    await using app = await ManagedApp.start({ options: { port: 'app' }, adapter: newFastify(), pages: PAGES });
    const fastify = app.nest.getHttpAdapter() as unknown as FastifyAdapter;
    expect(await fastify.inject({ url: '/plain' })).toMatchObject({ statusCode: 200, payload: 'up' });
    expect(await fastify.inject({ method: 'POST', url: '/echo/a', payload: { a: 1 } })).toMatchObject({
      payload: '{"name":"a","body":{"a":1}}',
    });
  });
});
