import { APP_FILTER } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { FailingController, StockFilter } from './failing.controller.fixture.js';
import { ADAPTERS, KeptReports, TrackedApp } from './tracked-app.fixture.js';

const parts = {
  controllers: [FailingController],
  providers: [{ provide: APP_FILTER, useClass: StockFilter }],
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** Path, status as Nest answers it, and the issue that comes of it. */
const CASES: [string, number, { title: string; handled: boolean } | undefined, RequestInit?][] = [
  ['/bug', 500, { title: 'TypeError: dough is undefined at db.internal.example', handled: false }],
  ['/bugs/7?token=x', 500, { title: 'RangeError: another one', handled: false }],
  ['/gateway', 502, { title: 'BadGatewayException: no answer', handled: false }],
  ['/text', 500, { title: 'string: a text', handled: false }],
  ['/nothing', 500, { title: 'undefined: undefined', handled: false }],
  ['/hidden', 500, { title: 'Error: SELECT secret', handled: false }],
  ['/foreign', 500, { title: 'Error: SELECT of another service', handled: false }],
  ['/broken-stock', 503, { title: 'StockEmpty: broken', handled: true }],
  ['/refusal', 400, undefined],
  ['/own', 424, undefined],
  ['/exposed', 422, undefined],
  ['/unexposed', 404, undefined],
  ['/headers', 401, undefined],
  ['/denied', 403, undefined],
  ['/quiet', 202, undefined],
  ['/stock', 409, undefined],
  ['/gone', 404, undefined],
  ['/unknown/path', 404, undefined],
  ['/bug', 400, undefined, { method: 'POST', headers: JSON_TYPE, body: '{"a": ' }],
];

const OUR_HEADERS = ['x-request-id', 'x-trace-id'];

/** All that a client sees but the time. */
async function answerOf(url: string, init?: RequestInit): Promise<object> {
  const response = await fetch(url, init);
  const headers = [...response.headers].filter(([name]) => name !== 'date' && !OUR_HEADERS.includes(name));
  return { status: response.status, headers, body: await response.text() };
}

describe.each(ADAPTERS)('on %s', (_name, adapter) => {
  it('Nest answers as it does without the suite, byte for byte', async () => {
    await using bare = await TrackedApp.start({ ...parts, adapter: adapter(), options: 'bare' });
    await using app = await TrackedApp.start({ ...parts, adapter: adapter() });
    for (const [path, status, , init] of CASES) {
      const wanted = await answerOf(`${bare.url}${path}`, init);
      expect(wanted).toMatchObject({ status });
      expect(await answerOf(`${app.url}${path}`, init), path).toEqual(wanted);
    }
  });

  it.each([false, true])('each unhandled exception is told once, refusals are not (problemDetails: %s)', async (on) => {
    const kept = new KeptReports();
    await using app = await TrackedApp.start({
      ...parts,
      adapter: adapter(),
      options: { problemDetails: on, reporters: [kept] },
    });
    for (const [path, , , init] of CASES) await (await fetch(`${app.url}${path}`, init)).text();
    const wanted = CASES.flatMap(([, , issue]) => issue ?? []);
    await app.issuesAfter(wanted.length);
    expect(kept.reports.map(({ issue, handled }) => ({ title: issue.title, handled }))).toEqual(wanted);
  });

  it('an issue counts, and tells of the request', async () => {
    await using app = await TrackedApp.start({ ...parts, adapter: adapter() });
    const requestIds: (string | null)[] = [];
    for (const id of [1, 2]) {
      requestIds.push((await fetch(`${app.url}/bugs/${id}?token=x`)).headers.get('x-request-id'));
    }
    const [issue, ...others] = await app.issuesAfter(2);
    expect([issue?.count, issue?.state, others]).toEqual([2, 'new', []]);
    const { event } = await app.issue(issue!.id);
    expect(event).toMatchObject({
      mechanism: 'http',
      handled: false,
      request: {
        requestId: requestIds[1],
        method: 'GET',
        path: '/bugs/2',
        route: '/bugs/:id',
        handler: 'FailingController.otherBug',
        status: 500,
        outcome: 'failure',
        durationMs: expect.any(Number),
      },
    });
  });
});

describe('ExceptionsModule', () => {
  it('switched off leaves no page and no answer of its own, and its tracker does nothing', async () => {
    await using app = await TrackedApp.start({ ...parts, options: false });
    expect((await fetch(`${app.url}/bug`)).status).toBe(500);
    expect((await app.page('/exceptions')).status).toBe(404);
    expect(app.tracker.track(new Error('told in vain'))).toBeUndefined();
    await app.tracker.flush(10);
    // The same app with it has the page.
    await using on = await TrackedApp.start(parts);
    expect((await on.page('/exceptions')).status).toBe(200);
  });

  it('refuses wrong options at start', async () => {
    await expect(TrackedApp.start({ ...parts, options: { maxIssues: -1 } })).rejects.toThrow('maxIssues is -1');
  });
});
