import { HealthIndicatorService } from '@nestjs/terminus';
import { describe, expect, it } from 'vitest';
import { describeHealthIndicator } from '../health-indicator.contract.js';
import { FunctionIndicator } from './function.indicator.js';

const terminus = new HealthIndicatorService();

describeHealthIndicator('a function', async () => {
  let isThere = true;
  const work = (): void => {
    if (!isThere) throw new Error('away');
  };
  return {
    indicator: new FunctionIndicator('function', work),
    takeAway: () => void (isThere = false),
    giveBack: () => void (isThere = true),
    [Symbol.asyncDispose]: async () => undefined,
  };
});

describe('FunctionIndicator', () => {
  it.each<[string, () => unknown, object]>([
    ['nothing', () => undefined, { status: 'up' }],
    ['true', () => true, { status: 'up' }],
    ['false', () => false, { status: 'down' }],
    ['the row of a query', () => [{ password: 'x' }], { status: 'up' }],
    ['an object without status', () => ({ rows: 1 }), { status: 'up' }],
    ['a status with details', () => ({ status: 'degraded', lag: 7 }), { status: 'degraded', details: { lag: 7 } }],
    [
      'what an indicator answers',
      () => ({ status: 'down', details: { lag: 8 } }),
      { status: 'down', details: { lag: 8 } },
    ],
    ['up of terminus', () => terminus.check('db').up({ pool: 3 }), { status: 'up', details: { pool: 3 } }],
    [
      'degraded of terminus',
      () => terminus.check('db').degraded('slow'),
      { status: 'degraded', details: { message: 'slow' } },
    ],
    ['down of terminus', () => terminus.check('db').down({ lag: 9 }), { status: 'down', details: { lag: 9 } }],
    [
      'several of terminus',
      () => ({ ...terminus.check('a').up(), ...terminus.check('b').down() }),
      { status: 'down', details: { a: { status: 'up' }, b: { status: 'down' } } },
    ],
  ])('understands %s', async (_what, work, answer) => {
    const indicator = new FunctionIndicator('check', work);
    expect(await indicator.check(AbortSignal.timeout(1_000))).toEqual(answer);
  });

  it('makes an attempt of terminus, whatever becomes of it', async () => {
    const attempts = [() => ({ pool: 3 }), () => Promise.reject(new Error('no pool'))];
    const answers = await Promise.all(
      attempts.map((attempt) =>
        new FunctionIndicator('check', () => terminus.check('db').attempt(attempt)).check(AbortSignal.timeout(1_000)),
      ),
    );
    expect(answers).toEqual([
      { status: 'up', details: { pool: 3 } },
      { status: 'down', details: { message: 'no pool' } },
    ]);
  });

  it('gives its function the signal', async () => {
    const { signal } = new AbortController();
    const given: AbortSignal[] = [];
    await new FunctionIndicator('check', (one) => void given.push(one)).check(signal);
    expect(given).toEqual([signal]);
  });
});
