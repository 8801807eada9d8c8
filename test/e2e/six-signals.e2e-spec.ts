import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ManagementServer } from '@crowsnest/observability';
import { type ObservedSignals, observeSignals } from '@crowsnest/observability/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BakeryModule, oven } from '../support/bakery.ts';
import { eventually } from '../support/eventually.ts';
import { contradictions, type Signals, type Told, toldOf } from '../support/six-signals.ts';

interface Sent {
  readonly ids: { readonly traceId: string; readonly requestId: string };
  /** Absent when the client did not wait for it. */
  readonly answer: Response | undefined;
}

interface Case {
  readonly title: string;
  readonly request: [method: 'GET' | 'POST', path: string, name?: string];
  readonly told: Pick<Told, 'actorId' | 'route' | 'status' | 'outcome'>;
  /** The client goes away before there is an answer. */
  readonly aborts?: true;
}

const ada = (route: string, status: number | null, outcome: string) => ({ actorId: 'ada', route, status, outcome });

const CASES: readonly Case[] = [
  { title: '200', request: ['GET', '/loaves/1', 'ada'], told: ada('/loaves/:id', 200, 'success') },
  { title: '201', request: ['POST', '/loaves', 'ada'], told: ada('/loaves', 201, 'success') },
  { title: '400 from a pipe', request: ['GET', '/loaves/rye', 'ada'], told: ada('/loaves/:id', 400, 'failure') },
  {
    title: '401 from a guard',
    request: ['GET', '/loaves/1'],
    told: { actorId: null, route: '/loaves/:id', status: 401, outcome: 'denied' },
  },
  {
    title: '403 from a guard',
    request: ['GET', '/loaves/1', 'mallory'],
    told: { actorId: 'mallory', route: '/loaves/:id', status: 403, outcome: 'denied' },
  },
  {
    title: '403 from a filter, for an error of the domain',
    request: ['POST', '/loaves/403/sell', 'ada'],
    told: ada('/loaves/:id/sell', 403, 'denied'),
  },
  { title: '404 from the handler', request: ['GET', '/loaves/404', 'ada'], told: ada('/loaves/:id', 404, 'failure') },
  { title: '409', request: ['POST', '/loaves/409/sell', 'ada'], told: ada('/loaves/:id/sell', 409, 'failure') },
  { title: '500', request: ['POST', '/loaves/1/sell', 'ada'], told: ada('/loaves/:id/sell', 500, 'failure') },
  {
    title: 'no answer, because the client went away',
    request: ['GET', '/loaves/1/crust', 'ada'],
    told: ada('/loaves/:id/crust', null, 'unknown'),
    aborts: true,
  },
  {
    title: '504, because the handler took too long',
    request: ['GET', '/loaves/1/core', 'ada'],
    told: ada('/loaves/:id/core', 504, 'failure'),
  },
];

const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

describe.each(ADAPTERS)('the six patterns on %s', (_, adapter) => {
  let app: INestApplication;
  let signals: ObservedSignals;

  beforeAll(async () => {
    const builder = Test.createTestingModule({ imports: [BakeryModule] });
    signals = observeSignals(builder, { management: { port: 0 } });
    app = (await builder.compile()).createNestApplication(adapter() as ExpressAdapter);
    signals.attach(app);
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app?.close());

  /** Sends the request under ids of its own, so that one without an answer can be found as well. */
  async function send({ request: [method, path, name], aborts }: Case): Promise<Sent> {
    const [traceId, requestId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    const headers = { traceparent, 'x-request-id': requestId, ...(name && { name }) };
    const leaving = new AbortController();
    const baking = aborts && once(oven, 'full').then(() => leaving.abort());
    const asked = fetch((await app.getUrl()) + path, { method, headers, signal: leaving.signal });
    const [answer] = await Promise.allSettled([asked, baking]);
    return { ids: { traceId, requestId }, answer: answer.status === 'fulfilled' ? answer.value : undefined };
  }

  async function page(path: string): Promise<string> {
    const accept = 'application/openmetrics-text; version=1.0.0';
    return (await fetch(app.get(ManagementServer).url + path, { headers: { accept } })).text();
  }

  const settled = (traceId: string): Promise<true> =>
    eventually(async () => {
      await signals.settled();
      return signals.ofTrace(traceId).lines.some(({ context }) => context === 'AccessLog') || undefined;
    }, 'access line');

  /** Without when and how fast each check answered. */
  async function health(): Promise<object> {
    const { status, details } = await signals.health();
    return { status, checks: Object.entries(details).map(([name, check]) => [name, check.status]) };
  }

  it.each(CASES)('tell the same of $title', async (wanted) => {
    const before = await health();
    const { ids, answer } = await send(wanted);
    await settled(ids.traceId);
    const told = toldOf(ids.traceId, signals, await page('/metrics'));
    oven.emit('empty');

    const { status } = wanted.told;
    expect(answer?.status ?? null).toBe(status);
    const shown = answer && {
      traceId: answer.headers.get('x-trace-id'),
      requestId: answer.headers.get('x-request-id'),
    };
    expect(shown).toEqual(answer && ids);
    expect(Object.keys(told)).toEqual(
      status !== null && status! >= 500
        ? ['access line', 'span', 'sample', 'report', 'audit record']
        : ['access line', 'span', 'sample', 'audit record'],
    );
    expect(told['access line']).toEqual({
      ...ids,
      ...wanted.told,
      method: wanted.request[0],
      path: wanted.request[1],
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      durationMs: expect.any(Number),
    });
    expect(contradictions(told)).toEqual([]);
    // The control: each fact of each signal is one that would be missed.
    for (const signals of altered(told)) expect(contradictions(signals)).not.toEqual([]);
    expect(await health()).toEqual(before);
  });

  it('tell one issue for all failures of one kind, with the trace of each', async () => {
    const failure = CASES.find(({ title }) => title === '500')!;
    signals.clear();
    const traceIds: string[] = [];
    for (const _ of ['first', 'second']) {
      const { traceId } = (await send(failure)).ids;
      await settled(traceId);
      traceIds.unshift(traceId);
    }
    const [first, second] = signals.reports.map(({ issue }) => issue);
    expect(second).toMatchObject({ id: first!.id, count: first!.count + 1 });
    const issue = JSON.parse(await page(`/exceptions/${first!.id}`)) as { count: number; traceIds: string[] };
    expect(issue.count).toBe(second!.count);
    expect(issue.traceIds.slice(0, 2)).toEqual(traceIds);
  });

  it('leave the pages of health out of everything', async () => {
    const samples = async (): Promise<string[]> =>
      (await page('/metrics')).split('\n').filter((line) => line.startsWith('http_server_request_duration'));
    const before = await samples();
    signals.clear();
    for (const path of ['/health', '/health/live', '/health/ready', '/health/startup']) {
      expect((await fetch((await app.getUrl()) + path)).status).toBe(200);
      await page(path);
    }
    await signals.settled();
    expect(await samples()).toEqual(before);
    expect(before).not.toEqual([]);
    expect([signals.logLines, signals.reports, signals.auditRecords]).toEqual([[], [], []]);
    expect(signals.spans.filter(({ attributes }) => 'url.path' in attributes)).toEqual([]);
  });
});

/** The same signals again and again, each time with one fact that one of them tells otherwise. */
function altered(signals: Signals): Signals[] {
  return Object.entries(signals).flatMap(([name, told]) =>
    Object.entries(told).map(([fact, value]) => {
      const other = typeof value === 'number' ? value + (fact === 'durationMs' ? 0.01 : 1) : `not ${value}`;
      return { ...signals, [name]: { ...told, [fact]: other } };
    }),
  );
}
