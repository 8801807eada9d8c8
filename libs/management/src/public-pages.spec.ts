import { type CanActivate, Controller, Get, Module, type NestModule, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { leaveProcess, Observations } from '#observation';
import { AppPort } from './app-port.js';
import { ADAPTERS, ManagedApp, type ManagedAppParts, managedModule } from './managed-app.fixture.js';
import type { ManagementEndpoint } from './management-endpoint.js';
import { send } from './raw-request.fixture.js';

const TOKEN = 'a-token-of-20-letters';
const WITH_TOKEN = { headers: { authorization: `Bearer ${TOKEN}` } };
const PUBLIC: ManagementEndpoint = { method: 'GET', path: '/state', handle: () => ({ body: 'up' }) };
const PAGE: ManagementEndpoint = {
  method: 'GET',
  path: '/state',
  handle: () => ({ body: 'up, with details' }),
  withoutAccess: ({ path }) => ({ status: 203, body: `up at ${path}` }),
};

@Module({})
class PublicState implements NestModule {
  constructor(private readonly port: AppPort) {}

  configure(): void {
    this.port.add([PUBLIC], 'set state.path to another one');
  }
}

@Controller()
class OwnState {
  @Get('state')
  state(): string {
    return 'own';
  }
}

@Controller()
class Orders {
  @Get('orders')
  list(): string {
    return 'orders';
  }
}

const refuseAll: CanActivate = { canActivate: () => false };
const start = (parts: ManagedAppParts) => ManagedApp.start({ imports: [PublicState], controllers: [Orders], ...parts });

describe.each(ADAPTERS)('a public page, on %s', (_name, newAdapter) => {
  it.each([['a port of its own', { port: 0 }] as const, ['no management', false] as const])(
    'is on the app’s own port beside %s, for whoever asks',
    async (_what, options) => {
      await using app = await start({ options, adapter: newAdapter() });
      expect(await app.send('/state')).toMatchObject({ status: 200, text: 'up' });
      const throughProxy = { headers: { host: 'evil.example', 'x-forwarded-for': '203.0.113.7' } };
      expect(await app.send('/state', throughProxy)).toMatchObject({ status: 200, text: 'up' });
      expect((await app.send('/state', { method: 'HEAD' })).status).toBe(200);
      expect((await app.send('/state/more')).status).toBe(404);
      expect((await app.send('/orders')).text).toBe('orders');
    },
  );

  it('is before prefix, versions and guards of the app, and left out of the observations', async () => {
    await using app = await start({
      options: false,
      adapter: newAdapter(),
      setUp: (nest) => {
        nest.setGlobalPrefix('api');
        nest.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
        nest.useGlobalGuards(refuseAll);
      },
    });
    expect((await app.send('/state')).text).toBe('up');
    expect((await app.send('/api/v1/orders')).status).toBe(403);
    expect(app.observed.flatMap((one) => (one.kind === 'http.server' ? one.path : []))).toEqual(['/api/v1/orders']);
  });

  it('refuses an app that has the route itself, and says what can be done', async () => {
    await expect(start({ options: false, adapter: newAdapter(), controllers: [OwnState] })).rejects.toThrow(
      `ManagementModule: the app's route "/state" could not be reached, because its port serves the page "/state" there. ` +
        'Rename the route, or set state.path to another one.',
    );
  });

  it('gives way to the operators’ page where both are on the app’s own port', async () => {
    await using app = await start({ options: { port: 'app', token: TOKEN }, adapter: newAdapter(), pages: [PAGE] });
    expect(await app.send('/state', WITH_TOKEN)).toMatchObject({ status: 200, text: 'up, with details' });
    expect(await app.send('/state')).toMatchObject({ status: 203, text: 'up at /state' });
  });
});

describe('an operators’ page that tells strangers something', () => {
  it('does so on the management server, too', async () => {
    await using app = await ManagedApp.start({ options: { port: 0, token: TOKEN }, pages: [PAGE] });
    expect(await send(`${app.pagesUrl}/state`, WITH_TOKEN)).toMatchObject({ status: 200, text: 'up, with details' });
    expect(await send(`${app.pagesUrl}/state`)).toMatchObject({ status: 203, text: 'up at /state' });
  });
});

describe('a public page of an app without HTTP', () => {
  it('is nowhere, and the app starts all the same', async () => {
    const module = managedModule({ options: false, imports: [PublicState] });
    const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    expect(context.get(AppPort)).toBeInstanceOf(AppPort);
    await context.close();
    leaveProcess(context.get(Observations));
  });
});
