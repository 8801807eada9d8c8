import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { RunningSamples } from '../support/running-samples.ts';

let samples: RunningSamples;

beforeAll(async () => {
  samples = await RunningSamples.start();
});

afterAll(async () => {
  await samples?.[Symbol.asyncDispose]();
});

const [item] = LAST_PIZZA_ORDER.items;
const orders = '/api/orders';
const unknown = '/api/orders/7c9e6679-7425-40de-944b-e07fc1f90ae7';

const BAD_REQUESTS: [string, number, () => Promise<Response>][] = [
  ['malformed JSON', 400, () => samples.send('alice', 'POST', orders, '{"consumerId": ')],
  ['an oversized body', 413, () => samples.send('alice', 'POST', orders, `"${'x'.repeat(200_000)}"`)],
  ['an unknown field', 400, () => samples.send('alice', 'POST', orders, { ...LAST_PIZZA_ORDER, discount: 100 })],
  [
    'a negative quantity',
    400,
    () => samples.send('alice', 'POST', orders, { consumerId: 'alice', items: [{ ...item, quantity: -1 }] }),
  ],
  ['no items', 400, () => samples.send('alice', 'POST', orders, { consumerId: 'alice', items: [] })],
  ['another customer as consumer', 403, () => samples.send('mallory', 'POST', orders, LAST_PIZZA_ORDER)],
  ['an unknown id', 404, () => samples.send('alice', 'GET', unknown)],
  ['an id that is none', 400, () => samples.send('alice', 'GET', `${orders}/1%20OR%201=1`)],
  ['an unknown path', 404, () => samples.send('alice', 'GET', '/api/nothing')],
  ['a customer who approves', 403, () => samples.send('alice', 'POST', `${unknown}/approve`)],
  ['no token', 401, () => fetch(samples.url('gateway', orders))],
  [
    'a token that is none',
    401,
    () => fetch(samples.url('gateway', orders), { headers: { authorization: 'Bearer x.y.z' } }),
  ],
  [
    'an expired token',
    401,
    async () => {
      const token = await samples.token('alice', 'customer', '-60s');
      return fetch(samples.url('gateway', orders), { headers: { authorization: `Bearer ${token}` } });
    },
  ],
];

describe('a bad request', () => {
  it.each(BAD_REQUESTS)(
    'with %s gets %i as problem details, one access line and no trace of internals',
    async (_title, status, send) => {
      const response = await send();
      const text = await response.text();
      expect([response.status, text]).toEqual([status, expect.any(String)]);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const traceId = response.headers.get('x-trace-id')!;
      expect(JSON.parse(text)).toMatchObject({ status, traceId, requestId: response.headers.get('x-request-id') });
      expect(text).not.toMatch(/node_modules|\bat \w+ \(|SELECT|INSERT|127\.0\.0\.1/);
      const lines = await samples.accessLines('gateway', traceId);
      expect(lines.map((line) => line['http.response.status_code'])).toEqual([status]);
    },
  );

  it('stores nothing', async () => {
    const response = await samples.send('olga', 'GET', orders);
    expect(await response.json()).toMatchObject({ items: [] });
    // The same list is not always empty.
    expect((await samples.send('alice', 'POST', orders, LAST_PIZZA_ORDER)).status).toBe(201);
    const after = (await (await samples.send('olga', 'GET', orders)).json()) as { items: unknown[] };
    expect(after.items).toHaveLength(1);
  });
});

describe('a bug', () => {
  it('answers 500 without internals and tells the log what happened', async () => {
    const placed = (await (await samples.send('alice', 'POST', orders, LAST_PIZZA_ORDER)).json()) as { id: string };
    const flip = (enabled: boolean) =>
      fetch(samples.managementUrl('order', '/faults/bug'), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ enabled }),
      });
    expect((await flip(true)).status).toBe(200);
    const response = await samples.send('alice', 'GET', `${orders}/${placed.id}`);
    expect((await flip(false)).status).toBe(200);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/TypeError|undefined|\bat \w+/);
    const traceId = response.headers.get('x-trace-id')!;
    await samples.accessLines('order', traceId);
    const stacks = samples.lines.order.filter(
      (line) => line.trace_id === traceId && /TypeError/.test(line.err?.stack ?? ''),
    );
    expect(stacks).toHaveLength(1);
  });
});
