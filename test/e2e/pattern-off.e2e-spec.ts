import { join } from 'node:path';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AuditTrail,
  ExceptionTracker,
  HealthChecker,
  ManagementServer,
  MetricRegistry,
  ObservabilityModule,
  PinoLogger,
  Tracing,
} from '@crowsnest/observability';
import { type ObservedSignals, observeSignals } from '@crowsnest/observability/testing';
import { describe, expect, it } from 'vitest';
import { BakeryController, BakeryModule } from '../support/bakery.ts';
import { eventually } from '../support/eventually.ts';
import { JsonProcess } from '../support/json-process.ts';

const ALL_OFF = { health: false, logging: false, tracing: false, exceptions: false, metrics: false, audit: false };
type Pattern = keyof typeof ALL_OFF;

interface Off {
  readonly pattern: Pattern;
  /** Its pages on the management server. */
  readonly pages: readonly string[];
  /** Does with what it injects what a program does, and gives what that gives. */
  readonly use: (app: INestApplication) => unknown;
  readonly gives: unknown;
}

const OFF: readonly Off[] = [
  {
    pattern: 'health',
    pages: ['/health', '/health/live', '/health/ready/oven'],
    use: (app) => app.get(HealthChecker).check(),
    gives: { status: 'ok', info: {}, error: {}, details: {} },
  },
  {
    pattern: 'logging',
    pages: ['/loggers', '/loggers/Bakery'],
    use: async (app) => (await app.resolve(PinoLogger)).info('nobody reads this'),
    gives: undefined,
  },
  {
    pattern: 'tracing',
    pages: ['/observations'],
    use: (app) => app.get(Tracing).trace('knead', () => 'dough'),
    gives: 'dough',
  },
  {
    pattern: 'exceptions',
    pages: ['/exceptions', '/exceptions/1'],
    use: (app) => app.get(ExceptionTracker).track(new Error('nobody is told')),
    gives: undefined,
  },
  {
    pattern: 'metrics',
    pages: ['/metrics'],
    use: (app) => void app.get(MetricRegistry).counter({ name: 'loaves', description: 'Bread.' }).inc(),
    gives: undefined,
  },
  {
    pattern: 'audit',
    pages: ['/audit', '/audit/1'],
    use: (app) => app.get(AuditTrail).record({ action: 'loaf.eat' }),
    gives: expect.any(String),
  },
];

/** How much each pattern tells. */
async function told(signals: ObservedSignals): Promise<Record<Pattern, number>> {
  await signals.settled();
  return {
    health: Object.keys((await signals.health()).info).length,
    logging: signals.logLines.length,
    tracing: signals.spans.length,
    exceptions: signals.reports.length,
    metrics: await signals.metric('http_server_request_duration_seconds_count'),
    audit: signals.auditRecords.length,
  };
}

const status = async (url: string): Promise<number> => (await fetch(url)).status;

describe.each(OFF)('$pattern: false', ({ pattern, pages, use, gives }) => {
  it('tells nothing and shows nothing, while the other five do', async () => {
    const builder = Test.createTestingModule({ imports: [BakeryModule] });
    const signals = observeSignals(builder, { management: { port: 0 }, [pattern]: false });
    await using resources = new AsyncDisposableStack();
    const app = (await builder.compile()).createNestApplication({ logger: false });
    resources.defer(() => app.close());
    signals.attach(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    signals.clear();
    await fetch(`${url}/loaves/1/sell`, { method: 'POST', headers: { name: 'ada' } });
    expect(await use(app)).toEqual(gives);

    const isTold = async (): Promise<string[]> =>
      Object.entries(await told(signals)).flatMap(([name, count]) => (count > 0 ? [name] : []));
    const others = OFF.map((other) => other.pattern).filter((name) => name !== pattern);
    await eventually(async () => (await isTold()).length >= others.length || undefined, 'signals of the others');
    expect((await isTold()).sort()).toEqual(others.sort());

    const management = app.get(ManagementServer).url;
    for (const other of OFF) {
      const expected = other.pattern === pattern ? 404 : 200;
      expect(await status(`${management}${other.pages[0]}`), other.pages[0]).toBe(expected);
    }
    for (const page of pages) expect(await status(management + page), page).toBe(404);
    for (const page of ['/health', '/health/live', '/health/ready', '/health/startup']) {
      expect(await status(url + page), page).toBe(pattern === 'health' ? 404 : 200);
    }
  });

  it('holds on to nothing more than an app without its module', async () => {
    const others = Object.fromEntries(OFF.map((other) => [other.pattern, true]).filter(([name]) => name !== pattern));
    const [without, off, on] = [
      await held(others),
      await held({ ...others, [pattern]: false }),
      await held({ ...others, [pattern]: true }),
    ];
    expect(off).toEqual(without);
    // The control: it is seen when its module is on.
    expect(on).not.toEqual(without);
  });
});

/** What an app with these patterns holds on to, as a process of its own. */
async function held(patterns: Record<string, boolean>): Promise<object> {
  const script = join(import.meta.dirname, '..', 'support', 'apps', 'patterns-app.mjs');
  await using child = new JsonProcess(script, [JSON.stringify(patterns)]);
  return await child.line(({ msg }) => msg === 'holds on to', `line of what ${JSON.stringify(patterns)} holds on to`);
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const)('all six patterns off on %s', (_, adapter) => {
  @Module({ controllers: [BakeryController] })
  class BareModule {}

  @Module({ imports: [BareModule, ObservabilityModule.forRoot({ ...ALL_OFF, management: false } as never)] })
  class SilentModule {}

  it.each([
    ['GET', '/loaves/1', 'ada', 200],
    ['POST', '/loaves', 'ada', 201],
    ['GET', '/loaves/rye', 'ada', 400],
    ['GET', '/loaves/1', '', 401],
    ['GET', '/loaves/1', 'mallory', 403],
    ['GET', '/cakes', 'ada', 404],
    ['GET', '/health', 'ada', 404],
    ['POST', '/loaves/409/sell', 'ada', 409],
    ['POST', '/loaves/1/sell', 'ada', 500],
  ])('%s %s of "%s" is %i as with Nest alone, and has a request id', async (method, path, name, status) => {
    const ask = async (module: new () => object) => {
      await using resources = new AsyncDisposableStack();
      const app = await NestFactory.create(module, adapter() as ExpressAdapter, { logger: false });
      resources.defer(() => app.close());
      await app.listen(0, '127.0.0.1');
      const answer = await fetch((await app.getUrl()) + path, { method, headers: name === '' ? {} : { name } });
      const { date: _, ...headers } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers, body: await answer.text() };
    };
    const [bare, silent] = [await ask(BareModule), await ask(SilentModule)];
    const { 'x-request-id': requestId, ...headers } = silent.headers;
    expect({ ...silent, headers }).toEqual(bare);
    expect(bare.status).toBe(status);
    expect(requestId).toMatch(/\S{8,}/);
  });
});
