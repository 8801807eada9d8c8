import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Lifecycle } from './lifecycle.js';

describe('Lifecycle', () => {
  it('moves forward only', () => {
    const lifecycle = new Lifecycle();
    expect(lifecycle.state).toBe('starting');
    lifecycle.advance('ready');
    lifecycle.advance('started');
    expect(lifecycle.state).toBe('ready');
    lifecycle.advance('draining');
    lifecycle.advance('ready');
    expect(lifecycle.state).toBe('draining');
  });

  it('does what waits for a state once, and at once when it has come', () => {
    const lifecycle = new Lifecycle();
    const done: string[] = [];
    lifecycle.when('ready', () => done.push('waited'));
    lifecycle.advance('started');
    expect(done).toEqual([]);
    lifecycle.advance('ready');
    lifecycle.when('ready', () => done.push('at once'));
    lifecycle.advance('draining');
    expect(done).toEqual(['waited', 'at once']);
  });

  it('writes the log out last, in spite of failures and of what takes too long', async () => {
    const lifecycle = new Lifecycle();
    const written: string[] = [];
    lifecycle.onFlush('logs', 'log', () => void written.push('log'));
    lifecycle.onFlush('signals', 'broken', () => Promise.reject(new Error('no way out')));
    lifecycle.onFlush('signals', 'stuck', () => sleep(60_000, undefined, { ref: false }));
    lifecycle.onFlush('signals', 'spans', async () => {
      await sleep(10);
      written.push('spans');
    });
    await lifecycle.flush(50);
    expect(written).toEqual(['spans', 'log']);
  });

  it('tells of a crash whatever else fails to, within the deadline', async () => {
    const lifecycle = new Lifecycle();
    const told: unknown[] = [];
    lifecycle.onCrash('broken', () => {
      throw new Error('no way out');
    });
    lifecycle.onCrash('stuck', () => sleep(60_000, undefined, { ref: false }));
    lifecycle.onCrash('listener', (error, deadlineMs) => void told.push(error, deadlineMs));
    await lifecycle.crash('fallen', 50);
    expect(told).toEqual(['fallen', 50]);
  });

  it.each([
    [{ drainMs: -1 }, 'lifecycle.drainMs is -1. Give milliseconds, 0 or more.'],
    [{ flushMs: Number.NaN }, 'lifecycle.flushMs is NaN.'],
    [{ drain: 10 }, '"drain" is no option of lifecycle. Use one of preStopMs, drainMs, flushMs.'],
  ])('refuses %j with the way out', (options, message) => {
    expect(() => new Lifecycle(options as never)).toThrow(message);
  });
});
