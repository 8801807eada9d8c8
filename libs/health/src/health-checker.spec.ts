import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Logger } from '@nestjs/common';
import { currentFrame } from '#observation';
import type { CheckResult } from './check-result.js';
import { WatchedChecker } from './watched-checker.fixture.js';

/** A busy machine may be this late; a deadline that is not kept at all is later by far. */
const SLACK_MS = 500;
const never = (): Promise<never> => new Promise(() => {});

/** A check that waits until it is told how to end, and counts. */
class Gate {
  entered = 0;
  readonly #waiting: (() => void)[] = [];

  readonly check = (): Promise<void> => {
    this.entered += 1;
    return new Promise((resolve) => this.#waiting.push(resolve));
  };

  open(): void {
    for (const leave of this.#waiting.splice(0)) leave();
  }
}

// A spec that is about log lines puts a logger of its own in the place.
Logger.overrideLogger(false);

describe('HealthChecker', () => {
  it('runs the checks of a group all at once', async () => {
    const gate = new Gate();
    const { checker } = new WatchedChecker().add('a', gate.check).add('b', gate.check).add('c', gate.check);
    const report = checker.check('ready');
    await sleep(0);
    expect(gate.entered).toBe(3);
    gate.open();
    expect((await report)!.status).toBe('ok');
  });

  it('runs a check once for all who ask while it runs', async () => {
    const gate = new Gate();
    const { checker } = new WatchedChecker().add('a', gate.check);
    const reports = Array.from({ length: 20 }, () => checker.check('ready'));
    await sleep(0);
    gate.open();
    const statuses = (await Promise.all(reports)).map((report) => report!.status);
    expect([gate.entered, new Set(statuses)]).toEqual([1, new Set(['ok'])]);
  });

  it('serves the last result until the interval is over', async () => {
    let runs = 0;
    const { checker } = new WatchedChecker().add('a', () => void (runs += 1), { intervalMs: 300 });
    for (let round = 0; round < 5; round++) await checker.check('ready');
    expect(runs).toBe(1);
    await sleep(350);
    await checker.check('ready');
    expect(runs).toBe(2);
  });

  it('answers within the deadline though a check does not, and aborts it', async () => {
    const signals: AbortSignal[] = [];
    const { checker } = new WatchedChecker().add('slow', (signal) => (signals.push(signal), never()), {
      timeoutMs: 100,
    });
    const begin = performance.now();
    const report = await checker.check('ready');
    expect(performance.now() - begin).toBeLessThan(100 + SLACK_MS);
    expect(report!.error['slow']).toMatchObject({ status: 'down', message: 'no answer within 100 ms' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('starts no more than four runs of a check that ignores its deadline', async () => {
    let started = 0;
    const { checker } = new WatchedChecker().add('lost', () => ((started += 1), never()), { timeoutMs: 5 });
    for (let round = 0; round < 8; round++) {
      await checker.check('ready');
      await sleep(5);
    }
    expect(started).toBe(4);
    expect((await checker.check('ready'))!.error['lost']!['message']).toBe('4 earlier checks still have no answer');
  });

  it('takes whatever a check throws as down, at once or later', async () => {
    const watched = new WatchedChecker()
      .add('now', () => {
        throw new TypeError('broken');
      })
      .add('later', () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })))
      .add('oddly', () => Promise.reject('just a text'))
      .add('nothing', () => Promise.reject(undefined));
    expect((await watched.checker.check('ready'))!.error).toMatchObject({
      now: { status: 'down', error: 'TypeError', message: 'broken' },
      later: { status: 'down', error: 'Error', code: 'ECONNREFUSED' },
      oddly: { status: 'down', error: 'string', message: 'just a text' },
      nothing: { status: 'down', error: 'undefined' },
    });
  });

  it.each([
    [{ critical: 'up', other: 'up' }, 'ok'],
    [{ critical: 'up', other: 'degraded' }, 'degraded'],
    [{ critical: 'up', other: 'down' }, 'degraded'],
    [{ critical: 'degraded', other: 'up' }, 'degraded'],
    [{ critical: 'down', other: 'up' }, 'error'],
    [{ critical: 'down', other: 'down' }, 'error'],
  ])('sums %j up as %s', async ({ critical, other }, status) => {
    const { checker } = new WatchedChecker()
      .add('critical', () => ({ status: critical }))
      .add('other', () => ({ status: other }), { critical: false });
    expect((await checker.check('ready'))!.status).toBe(status);
    expect((await checker.check())!.status).toBe(status);
    expect((await checker.check('live'))!.status).toBe('ok');
  });

  it('runs no check while the app stops, and tells the last results', async () => {
    let runs = 0;
    const { checker, lifecycle } = new WatchedChecker().add('a', () => void (runs += 1));
    await checker.check('ready');
    lifecycle.advance('draining');
    await sleep(5);
    expect(await checker.check('ready')).toMatchObject({ status: 'shutting_down', info: { a: { status: 'up' } } });
    lifecycle.advance('stopped');
    expect((await checker.check())!.status).toBe('shutting_down');
    expect(runs).toBe(1);
  });

  it('counts a stop that began while checks were running', async () => {
    const gate = new Gate();
    const { checker, lifecycle } = new WatchedChecker().add('a', gate.check);
    const report = checker.check('ready');
    await sleep(0);
    lifecycle.advance('draining');
    gate.open();
    expect((await report)!.status).toBe('shutting_down');
  });

  it('tells listeners of changes and only of changes, whatever one of them throws', async () => {
    let status = 'up';
    const { checker, observations } = new WatchedChecker().add('a', () => ({ status }));
    const changes: string[] = [];
    const listener = (result: CheckResult, previous?: CheckResult): void =>
      void changes.push(`${previous?.status} to ${result.status}`);
    checker.onChange(() => {
      throw new Error('a listener is broken');
    });
    const stop = checker.onChange(listener);
    for (const next of ['up', 'up', 'down', 'down', 'up']) {
      status = next;
      await checker.check();
      await sleep(2);
    }
    stop();
    status = 'down';
    await checker.check();
    expect(changes).toEqual(['undefined to up', 'up to down', 'down to up']);
    expect(checker.results().map((result) => [result.name, result.status])).toEqual([['a', 'down']]);
    expect(observations.internalErrors.counts().get('health')).toBe(4);
  });

  it('runs checks as the suite’s own traffic', async () => {
    const { checker, observations } = new WatchedChecker().add('a', () => ({
      status: currentFrame()?.suppressed && currentFrame()?.app === observations ? 'up' : 'down',
    }));
    expect((await checker.check())!.status).toBe('ok');
  });

  it('refuses two checks of one name and says where both are', () => {
    expect(() => new WatchedChecker().add('queue', () => true).add('Queue', () => true)).toThrow(
      'HealthModule: "Queue" is the name of two checks, of the spec and of the spec. Give one of them another name.',
    );
  });

  it('runs a background check at the start and each interval, and for nobody who asks', async () => {
    const gate = new Gate();
    const { checker } = new WatchedChecker().add('synthetic', gate.check, { intervalMs: 100, inBackground: true });
    const notYet = expect.objectContaining({ status: 'down', message: 'has not run yet' }) as object;
    const waiting = { status: 'error', error: { synthetic: notYet } };
    expect([await checker.check('ready'), gate.entered]).toEqual([expect.objectContaining(waiting), 0]);

    onTestFinished(() => checker.stop());
    checker.start();
    expect([await checker.check('ready'), gate.entered]).toEqual([expect.objectContaining(waiting), 1]);
    gate.open();
    await sleep(0);
    expect((await checker.check('ready'))!.status).toBe('ok');
    while (gate.entered < 2) await sleep(10);
    gate.open();

    checker.stop();
    await sleep(350);
    expect([(await checker.check('ready'))!.status, gate.entered]).toEqual(['ok', 2]);
  });
});
