import { setImmediate as turn } from 'node:timers/promises';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Module,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { lastValueFrom, Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { HttpServerObservation } from './http-server-observation.js';
import type { MethodObservation } from './method-observation.js';
import { ObservationModule } from './observation.module.js';
import type { Observation } from './observation-handler.js';
import { Observations } from './observations.js';
import { markMethods } from './observed-method.js';
import { leaveProcess } from './process-wide.js';

const Watched = () => markMethods('watched', {});

@Injectable()
class Larder {
  @Watched()
  async fetch(): Promise<string> {
    await turn();
    return this.weigh();
  }

  @Watched()
  weigh(): string {
    return 'heavy';
  }

  rounds = 0;

  @Watched()
  async tick(): Promise<void> {
    this.rounds += 1;
    if (this.rounds < 5) setImmediate(() => void this.tick());
  }

  @Watched()
  async *parts(): AsyncGenerator<number> {
    yield 1;
  }

  @Watched()
  whole(): Observable<string> {
    return of('pie');
  }
}

@Injectable()
class Doorman implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ url: string; user?: { sub: string } }>();
    request.user = { sub: 'ada' };
    return !request.url.includes('closed');
  }
}

@Controller()
@UseGuards(Doorman)
class Door {
  constructor(private readonly larder: Larder) {}

  @Get('open')
  @Watched()
  open(): Promise<string> {
    return this.larder.fetch();
  }

  @Get('closed')
  @Watched()
  closed(): void {}
}

@Module({ imports: [ObservationModule], providers: [Larder], controllers: [Door] })
class House {}

async function openHouse(adapter: ExpressAdapter | FastifyAdapter, onStart: (observation: Observation) => void) {
  const app = await NestFactory.create(House, adapter as ExpressAdapter, { logger: false });
  const stopped: Observation[] = [];
  app.get(Observations).register({
    component: 'spec',
    aspects: ['watched'],
    started: onStart,
    stopped: (observation) => void stopped.push(observation),
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    app,
    stopped,
    get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`),
    async [Symbol.asyncDispose]() {
      await app.close();
      leaveProcess(app.get(Observations));
    },
  };
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('a call within a request on %s', (_, adapter) => {
  it('knows the calls around it, and of the request who asks and for what', async () => {
    const seen: string[] = [];
    await using house = await openHouse(adapter(), (observation) => {
      if (observation.kind !== 'method') return;
      const { outer, request, methodName } = observation;
      const around = outer?.kind === 'method' ? outer.methodName : outer?.kind;
      seen.push(`${methodName} in ${around} for ${request?.actor?.id} at ${request?.route}`);
    });
    await house.get('/open');
    expect(seen).toEqual([
      'open in http.server for ada at /open',
      'fetch in open for ada at /open',
      'weigh in fetch for ada at /open',
    ]);
  });

  it('leaves the marks of a handler on a request that a guard refuses', async () => {
    await using house = await openHouse(adapter(), () => undefined);
    expect((await house.get('/closed')).status).toBe(403);
    const served = () => house.stopped.filter(({ kind }) => kind === 'http.server') as HttpServerObservation[];
    await expect.poll(served).toHaveLength(1);
    const [request] = served();
    expect([request!.outcome, request!.actor, [...request!.handler!.aspects.keys()]]).toEqual([
      'denied',
      { id: 'ada' },
      ['watched'],
    ]);
  });

  it('leaves the request alive to the end and no longer, and knows ever after who asked', async () => {
    const served: HttpServerObservation[] = [];
    const atTheEnd: unknown[] = [];
    await using house = await openHouse(adapter(), () => undefined);
    house.app.get(Observations).register({
      component: 'keeper',
      aspects: [],
      stopped: (observation) => {
        if (observation.kind !== 'http.server') return;
        atTheEnd.push((observation.request as { user?: object }).user);
        served.push(observation);
      },
    });
    await house.get('/open');
    await expect.poll(() => served).toHaveLength(1);
    expect(atTheEnd).toEqual([{ sub: 'ada' }]);
    expect([served[0]!.request, served[0]!.actor]).toEqual([undefined, { id: 'ada' }]);
  });
});

describe('a call', () => {
  it('is not part of one that has ended, so that a loop does not hold all its rounds', async () => {
    const outers: unknown[] = [];
    await using house = await openHouse(new ExpressAdapter(), (observation) => {
      outers.push((observation as MethodObservation).outer);
    });
    await house.app.get(Larder).tick();
    await expect.poll(() => outers).toHaveLength(5);
    expect(outers).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  it('gives its result only after whatever a handler holds it for, and that failure instead of it', async () => {
    let hold: Promise<unknown> = Promise.resolve();
    await using house = await openHouse(new ExpressAdapter(), () => undefined);
    house.app.get(Observations).register({
      component: 'holder',
      aspects: [],
      stopped: (observation) => void ((observation as MethodObservation).hold = hold),
    });
    const larder = house.app.get(Larder);
    const drain = async () => {
      for await (const _part of larder.parts());
      return 'drained';
    };
    const calls = [() => larder.tick(), () => lastValueFrom(larder.whole()), drain];
    for (const call of calls) {
      let resolve!: () => void;
      hold = new Promise<void>((end) => (resolve = end));
      let isBack = false;
      const back = call().finally(() => (isBack = true));
      for (let round = 0; round < 5; round += 1) await turn();
      expect(isBack).toBe(false);
      resolve();
      await back;
      hold = Promise.reject(new Error('not held'));
      hold.catch(() => undefined);
      await expect(call()).rejects.toThrow('not held');
    }
    expect(() => larder.weigh()).toThrow('Larder.weigh gave its result at once, but somebody has to wait');
  });
});
