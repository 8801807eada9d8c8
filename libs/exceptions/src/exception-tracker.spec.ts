import { Controller, Get, Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Observed } from '#observation';
import { ExceptionTracker } from './exception-tracker.js';
import { ReportReceiver } from './report-receiver.fixture.js';
import { SentryReporter } from './reporters/sentry.reporter.js';
import { KeptReports, TrackedApp } from './tracked-app.fixture.js';

const SERVICE = { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' };
const SHARED = new RangeError('the same object each time');

@Injectable()
class Oven {
  constructor(private readonly tracker: ExceptionTracker) {}

  @Observed('oven.bake')
  bake(error: Error): never {
    this.tracker.track(error, { tags: { oven: 'left' } });
    throw error;
  }
}

@Controller()
class OvenController {
  constructor(private readonly oven: Oven) {}

  @Get('once')
  once(): never {
    this.oven.bake(new RangeError('too hot'));
  }

  @Get('shared')
  shared(): never {
    throw SHARED;
  }

  @Get('fine')
  fine(): string {
    return 'fine';
  }

  @Get('secret')
  secret(): never {
    const cause = Object.assign(new Error('postgres://app:hunter2-canary@db/orders'), { password: 'hunter2-canary' });
    throw new Error('Authorization: Bearer canary-token-0123456789', { cause });
  }
}

const parts = { controllers: [OvenController], providers: [Oven] };

describe('an exception', () => {
  it('that the program told of and threw on is one', async () => {
    const kept = new KeptReports();
    await using app = await TrackedApp.start({ ...parts, options: { reporters: [kept] } });
    await fetch(`${app.url}/once`);
    await fetch(`${app.url}/fine`);
    expect(kept.reports.map(({ mechanism, tags, request }) => [mechanism, tags, request?.route])).toEqual([
      ['tracked', { oven: 'left' }, '/once'],
    ]);
  });

  it('that several requests throw counts in each of them', async () => {
    await using app = await TrackedApp.start(parts);
    await Promise.all(Array.from({ length: 5 }, () => fetch(`${app.url}/shared`)));
    expect((await app.issuesAfter(5)).map(({ count }) => count)).toEqual([5]);
  });

  it('never makes its reporter somebody else’s trouble', async () => {
    const broken = { name: 'broken', report: () => Promise.reject(new Error('no')), close: async () => {} };
    const worse = {
      name: 'worse',
      report() {
        throw new Error('no');
      },
      close: async () => {},
    };
    const kept = new KeptReports();
    await using app = await TrackedApp.start({ ...parts, options: { reporters: [broken, worse, kept] } });
    expect((await fetch(`${app.url}/shared`)).status).toBe(500);
    await app.issuesAfter(1);
    expect(kept.reports).toHaveLength(1);
  });
});

describe('a secret', () => {
  it.each([
    [undefined, false],
    // Without redaction the same exception shows it, so the question finds it.
    [false as const, true],
  ])('in message, cause and extra is seen nowhere with redaction %j: %j', async (redaction, isSeen) => {
    await using receiver = await ReportReceiver.start();
    const sentry = await SentryReporter.load({ dsn: receiver.dsn }, SERVICE);
    const honeybadger = { apiKey: 'hbp_key', endpoint: receiver.url };
    await using app = await TrackedApp.start({ ...parts, redaction, options: { honeybadger, reporters: [sentry] } });
    await fetch(`${app.url}/secret`);
    app.tracker.track(new Error('told'), { extra: { password: 'hunter2-canary' }, tags: { token: 'canary-token' } });
    const issues = await app.issuesAfter(2);
    await app.tracker.flush(5_000);
    expect(receiver.accepted).toHaveLength(4);
    const pages = await Promise.all(issues.map(({ id }) => app.issue(id)));
    const seen = [...receiver.accepted.map(({ body }) => body), JSON.stringify([issues, pages])];
    expect(seen.map((text) => /hunter2-canary|canary-token/.test(text))).toEqual(seen.map(() => isSeen));
  });
});

describe('reports', () => {
  it('in a burst of 300 are bounded, four at a time, and all accounted for', async () => {
    await using receiver = await ReportReceiver.start();
    await using app = await TrackedApp.start({ ...parts, options: { sentry: { dsn: receiver.dsn } } });
    for (let error = 0; error < 300; error += 1) app.tracker.track(new Error('burst'));
    expect((await app.issues()).map(({ count }) => count)).toEqual([300]);
    await app.tracker.flush(10_000);
    const [ledger] = app.tracker.deliveries();
    const { produced, delivered, dropped, inFlight } = ledger!;
    expect([produced, inFlight, delivered]).toEqual([300, 0, receiver.events.length]);
    expect(dropped).toEqual({ queue_full: 300 - delivered });
    expect(delivered).toBeGreaterThanOrEqual(100);
    expect(receiver.mostAtOnce).toBeLessThanOrEqual(4);
  });

  it('to a receiver that never answers hold up no request and no stop, and get through once it does', async () => {
    await using receiver = await ReportReceiver.start();
    receiver.mode = 'silent';
    const sentry = { dsn: receiver.dsn, timeoutMs: 200 };
    await using app = await TrackedApp.start({ ...parts, options: { sentry } });
    const startMark = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => fetch(`${app.url}/shared`)));
    expect((await app.issuesAfter(50)).map(({ count }) => count)).toEqual([50]);
    expect(performance.now() - startMark).toBeLessThan(2_000);
    receiver.mode = 'answering';
    await app.tracker.flush(15_000);
    expect(receiver.events.length).toBeGreaterThan(0);
    const [{ produced, delivered, dropped, inFlight }] = app.tracker.deliveries() as [ReturnType<typeof Object>];
    const lost = Object.values(dropped as Record<string, number>).reduce((sum, count) => sum + count, 0);
    expect(produced).toBe(delivered + lost + inFlight);
  });

  it('of ignored issues stay in the process', async () => {
    await using receiver = await ReportReceiver.start();
    const kept = new KeptReports();
    const options = { sentry: { dsn: receiver.dsn }, reporters: [kept] };
    await using app = await TrackedApp.start({ ...parts, options });
    const id = app.tracker.track(new Error('noise'), { fingerprint: 'noise' })!;
    await app.write(`/exceptions/${id}/ignore`);
    app.tracker.track(new Error('noise'), { fingerprint: 'noise' });
    await app.tracker.flush(5_000);
    expect([receiver.events.length, kept.reports.length]).toEqual([1, 2]);
  });
});
