import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.ts';
import { RunningSamples } from '../support/running-samples.ts';

let receiver: OtlpReceiver;
let samples: RunningSamples;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  samples = await RunningSamples.start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
});

afterAll(async () => {
  await samples?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const place = (headers: Record<string, string> = {}) =>
  samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER, headers);

const counter = (page: string, name: string) =>
  Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(page)?.[1]);

describe('a placed order', () => {
  it('can be followed by one trace id through answer, logs, spans and exemplar', async () => {
    const before = counter(await samples.metrics('order'), 'placed_orders_total');
    const response = await place();
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ status: 'PENDING', total: 24.25 });
    const traceId = response.headers.get('x-trace-id')!;
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);

    const [gatewayLine] = await samples.accessLines('gateway', traceId);
    const [orderLine] = await samples.accessLines('order', traceId);
    expect(gatewayLine).toMatchObject({
      'http.route': '/api/orders',
      'http.response.status_code': 201,
      'actor.id': 'alice',
    });
    expect(orderLine).toMatchObject({ 'http.route': '/orders', 'http.response.status_code': 201, 'actor.id': 'alice' });
    expect(gatewayLine!.request_id).toBe(response.headers.get('x-request-id'));

    expect(counter(await samples.metrics('order'), 'placed_orders_total')).toBe(before + 1);
    const page = await samples.metrics('order', 'application/openmetrics-text; version=1.0.0');
    expect(page).toContain(`# {trace_id="${traceId}"`);

    await expectOneTree(traceId);
  });

  it.each([
    ['traceparent', (id: string) => ({ traceparent: `00-${id}-00f067aa0ba902b7-01` })],
    ['X-B3-TraceId', (id: string) => ({ 'X-B3-TraceId': id, 'X-B3-SpanId': '00f067aa0ba902b7', 'X-B3-Sampled': '1' })],
    ['b3', (id: string) => ({ b3: `${id}-00f067aa0ba902b7-1` })],
  ])('continues the trace that a caller on loopback names by %s', async (name, headers) => {
    const traceId = `${Buffer.from(name.padEnd(16, '.')).toString('hex')}`.slice(0, 32);
    const response = await place(headers(traceId));
    expect(response.status).toBe(201);
    expect(response.headers.get('x-trace-id')).toBe(traceId);
    expect(await samples.accessLines('order', traceId)).toHaveLength(1);
    const gateway = await samples.observations('gateway', traceId);
    expect(gateway.find(({ kind }) => kind === 'server')?.parentSpanId).toBe('00f067aa0ba902b7');
  });
});

describe('what became of the spans', () => {
  it('is told by the metrics of the service that sent them', async () => {
    await (await place()).text();
    await eventually(async () => {
      const page = await samples.metrics('gateway');
      const delivered =
        /^observability_delivery_items_total\{pipe="spans_otlp",outcome="delivered",reason=""\} (\d+)$/m;
      return Number(delivered.exec(page)?.[1]) > 0 || undefined;
    }, 'delivered span in the metrics');
    expect(await samples.metrics('gateway')).toMatch(/^observability_trace_headers_total\{trouble="malformed"\} 0$/m);
  });
});

/** Finds gateway server > gateway client > order server > database, in the rings and at the receiver. */
async function expectOneTree(traceId: string): Promise<void> {
  const ring = await eventually(async () => {
    const gateway = (await samples.observations('gateway', traceId)).map((item) => ({ ...item, service: 'gateway' }));
    const order = (await samples.observations('order', traceId)).map((item) => ({ ...item, service: 'order' }));
    const all = [...gateway, ...order];
    return all.filter(({ kind }) => kind === 'server').length === 2 ? all : undefined;
  }, `tree of trace ${traceId} in the rings`);
  expectChain(ring);

  const received = await eventually(() => {
    const spans = receiver.spans.filter((span) => span.traceId === traceId);
    return spans.length >= ring.length ? spans : undefined;
  }, `spans of trace ${traceId} at the receiver`);
  expectChain(received);
}

function expectChain(spans: Pick<ReceivedSpan, 'service' | 'name' | 'spanId'>[]): void {
  const byId = new Map(spans.map((span) => [span.spanId, span as typeof span & { parentSpanId?: string }]));
  expect(byId.size).toBe(spans.length);
  const insert = spans.find(({ name, service }) => service === 'order' && /INSERT/.test(name));
  expect(insert, spans.map(({ service, name }) => `${service} ${name}`).join(', ')).toBeDefined();
  const chain: string[] = [];
  for (let span = byId.get(insert!.spanId); span !== undefined; span = byId.get(span.parentSpanId ?? '')) {
    chain.unshift(`${span.service} ${span.name}`);
  }
  expect(chain.slice(0, 3)).toEqual(['gateway POST /api/orders', 'gateway POST', 'order POST /orders']);
  expect(chain.at(-1)).toMatch(/^order pg\.query:INSERT/);
}
