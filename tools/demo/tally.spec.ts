import { expect, it } from 'vitest';
import { Tally } from './tally.ts';

const step = { method: 'GET', path: '/api/orders/:id', status: 200 } as const;

it('counts answers by status and tells of those that nobody expected', () => {
  const tally = new Tally();
  tally.add(step, { status: 200, traceId: 'a', body: undefined });
  tally.add(step, { status: 200, traceId: 'b', body: undefined });
  tally.add({ ...step, status: 404 }, { status: 404, traceId: 'c', body: undefined });
  expect(tally.surprises).toEqual([]);
  tally.add(step, { status: 502, traceId: 'd', body: undefined });
  expect(`${tally}`).toBe('200 × 2   404 × 1   502 × 1');
  expect(tally.surprises).toEqual(['GET /api/orders/:id answered 502 instead of 200, trace d']);
});
