import { Controller, Get, Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { ManagementEndpoints } from '#management';
import { leaveProcess, Observations } from '#observation';
import { ADAPTERS, CheckedApp, checkedModule } from './checked-app.fixture.js';
import { HealthChecker } from './health-checker.js';
import { HealthContributor } from './health-contributor.decorator.js';
import type { HealthOptions } from './health.options.js';

@Injectable()
class Database {
  status: 'up' | 'degraded' | 'down' = 'up';

  @HealthContributor('database')
  ping(): object {
    return { status: this.status, pool: 10 };
  }

  @HealthContributor('search', { critical: false, groups: ['ready', 'shop'] })
  search(): boolean {
    return true;
  }
}

@Controller('orders')
class Orders {
  @Get()
  list(): string {
    return 'orders';
  }
}

@Controller()
class OwnHealth {
  @Get('health')
  health(): string {
    return 'own';
  }
}

const parts = { providers: [Database], controllers: [Orders], options: { intervalMs: 1 } };
const TOKEN = 'a-token-of-20-letters';

describe.each(ADAPTERS)('HealthModule on %s', (_, newAdapter) => {
  it.each(['/health', '/health/live', '/health/ready', '/health/startup'])(
    'tells the status at %s of the app’s port, and nothing else',
    async (path) => {
      await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
      expect(await app.probe(path)).toMatchObject({ status: 200, text: '{"status":"ok"}', type: 'application/json' });
      expect((await app.probe(`${path}/database`)).status).toBe(404);
    },
  );

  it('tells the details on the management server', async () => {
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
    const { status, body } = await app.look('/health/ready');
    const database = { status: 'up', pool: 10, responseTime: expect.any(Number), checkedAt: expect.any(String) };
    const search = { status: 'up', critical: false, responseTime: expect.any(Number), checkedAt: expect.any(String) };
    expect([status, body]).toEqual([
      200,
      { status: 'ok', info: { database, search }, error: {}, details: { database, search } },
    ]);
  });

  it('answers 503 where a critical check is down, and degraded where another one is', async () => {
    await using app = await CheckedApp.start({
      ...parts,
      adapter: newAdapter(),
      options: { intervalMs: 1, contributors: [{ name: 'mail', check: () => false, critical: false }] },
    });
    expect(await app.probe('/health/ready')).toMatchObject({ status: 200, body: { status: 'degraded' } });
    app.nest.get(Database).status = 'down';
    expect(await app.probe('/health/ready')).toMatchObject({ status: 503, text: '{"status":"error"}' });
    const { body } = await app.look('/health/ready');
    expect([Object.keys(body['info']), Object.keys(body['error'])]).toEqual([['search'], ['mail', 'database']]);
    expect(await app.probe('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('serves groups of the app’s own and single contributors to operators', async () => {
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
    expect(Object.keys((await app.look('/health/shop')).body['details'])).toEqual(['search']);
    expect(Object.keys((await app.look('/health/ready/database')).body['details'])).toEqual(['database']);
    expect(await app.look('/health/shop/database')).toMatchObject({ status: 404 });
    expect((await app.look('/health/elsewhere')).body['detail']).toBe(
      'There is no such group or contributor. The groups are live, ready, startup, shop.',
    );
    expect((await app.look('/health/constructor')).status).toBe(404);
  });

  it('answers in application/health+json where that is asked for', async () => {
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
    app.nest.get(Database).status = 'degraded';
    const { status, type, body } = await app.look('/health/ready', { accept: 'application/health+json' });
    expect([status, type, body['status'], Object.keys(body['checks'])]).toEqual([
      200,
      'application/health+json',
      'warn',
      ['database:responseTime', 'search:responseTime'],
    ]);
    expect(body['checks']['database:responseTime']).toEqual([
      {
        componentId: 'database',
        status: 'warn',
        observedValue: expect.any(Number),
        observedUnit: 'ms',
        time: expect.any(String),
        output: '{"pool":10}',
      },
    ]);
    const other = await app.look('/health/ready', { accept: 'application/health+json;q=0, application/json' });
    expect(other.type).toBe('application/json');
  });

  it('tells strangers the status alone where everything is on the app’s port', async () => {
    const management = { port: 'app', token: TOKEN } as const;
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter(), management });
    expect((await app.probe('/health/ready')).text).toBe('{"status":"ok"}');
    expect((await app.probe('/health/ready/database')).text).toBe('{"status":"ok"}');
    const { body } = await app.probe('/health/ready', { authorization: `Bearer ${TOKEN}` });
    expect(Object.keys(body['details'])).toEqual(['database', 'search']);
  });

  it('serves the app’s port where management is off, under the path that was chosen', async () => {
    const options = { basePath: '/internal/health' };
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter(), management: false, options });
    expect((await app.probe('/internal/health/ready')).text).toBe('{"status":"ok"}');
    expect((await app.probe('/health/ready')).status).toBe(404);
  });

  it('refuses an app that has the route itself', async () => {
    await expect(CheckedApp.start({ adapter: newAdapter(), controllers: [OwnHealth] })).rejects.toThrow(
      `the app's route "/health" could not be reached, because its port serves the page "/health" there. ` +
        'Rename the route, or set health.basePath to another path.',
    );
  });

  it('is left out of what the app observes', async () => {
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
    await app.probe('/health/ready');
    await app.probe('/orders');
    expect(app.observed.flatMap((one) => (one.kind === 'http.server' ? one.path : []))).toEqual(['/orders']);
  });

  it('says that it shuts down as soon as the app drains, and stays alive', async () => {
    await using app = await CheckedApp.start({ ...parts, adapter: newAdapter() });
    app.lifecycle.advance('draining');
    for (const path of ['/health', '/health/ready']) {
      expect(await app.probe(path)).toMatchObject({ status: 503, text: '{"status":"shutting_down"}' });
    }
    const { headers } = await fetch(`${app.url}/health/ready`);
    expect(headers.get('connection')).toBe('close');
    for (const path of ['/health/live', '/health/startup']) expect((await app.probe(path)).status).toBe(200);
  });
});

describe('HealthModule', () => {
  it('says no before the app is ready, and why', async () => {
    const nest = await NestFactory.create(checkedModule(parts), { logger: false, abortOnError: false });
    const reports = await Promise.all(
      [undefined, 'live', 'ready', 'startup'].map((group) => nest.get(HealthChecker).check(group)),
    );
    expect(reports.map((report) => report?.status)).toEqual(['error', 'ok', 'error', 'error']);
    expect(reports[2]!.error).toEqual({ lifecycle: { status: 'down', message: 'the app is starting' } });
    leaveProcess(nest.get(Observations));
  });

  it('works without HTTP', async () => {
    const context = await NestFactory.createApplicationContext(checkedModule({ ...parts, management: false }), {
      logger: false,
    });
    expect((await context.get(HealthChecker).check('ready'))!.status).toBe('ok');
    await context.close();
    leaveProcess(context.get(Observations));
  });

  it('keeps two apps of one process apart', async () => {
    await using first = await CheckedApp.start(parts);
    await using second = await CheckedApp.start(parts);
    first.nest.get(Database).status = 'down';
    expect([(await first.probe('/health')).status, (await second.probe('/health')).status]).toEqual([503, 200]);
  });
});

describe('HealthModule that is switched off', () => {
  it.each(ADAPTERS)('leaves nothing behind on %s, and its checker does no harm', async (_, newAdapter) => {
    await using app = await CheckedApp.start({ ...parts, options: false, adapter: newAdapter() });
    expect((await app.probe('/health')).status).toBe(404);
    expect(app.nest.get(ManagementEndpoints).list()).toEqual([]);
    await app.probe('/orders');
    // The control: with nothing of it left, requests to these paths are the app's own and are observed.
    expect(app.observed.flatMap((one) => (one.kind === 'http.server' ? one.path : []))).toEqual(['/health', '/orders']);
    expect(await app.checker.check()).toEqual({ status: 'ok', info: {}, error: {}, details: {} });
  });

  it('puts nothing before the app’s own handlers', async () => {
    const handlers = async (options: HealthOptions | false): Promise<number> => {
      await using app = await CheckedApp.start({ ...parts, options });
      return app.nest.getHttpAdapter().getInstance().router.stack.length;
    };
    expect((await handlers({})) - (await handlers(false))).toBe(1);
  });

  it('leaves the routes of the app alone', async () => {
    await using app = await CheckedApp.start({ options: false, controllers: [OwnHealth] });
    expect((await app.probe('/health')).text).toBe('own');
  });
});
