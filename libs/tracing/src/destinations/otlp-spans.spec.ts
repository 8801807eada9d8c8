import { type Attributes, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { type OtlpRequest, readOtlpRequest } from './otlp-request.fixture.js';
import { OtlpSpans } from './otlp-spans.js';

/** What a status that is left out means. */
const NO_STATUS = { code: 0, message: '' };

/** Spans by their ids, each with who made it: receivers do not mind the order of spans and attributes, nor groups. */
function spansIn({ resourceSpans }: OtlpRequest): object[] {
  return resourceSpans
    .flatMap(({ resource, schemaUrl, scopeSpans }) =>
      scopeSpans.flatMap(({ spans, ...scope }) =>
        spans.map((span) => {
          const attributes = span.attributes.toSorted((one, other) => (one.key < other.key ? -1 : 1));
          return { resource, schemaUrl, scope, span: { ...span, status: span.status ?? NO_STATUS, attributes } };
        }),
      ),
    )
    .sort((one, other) => (one.span.spanId < other.span.spanId ? -1 : 1));
}

const RESOURCE = resourceFromAttributes({ 'service.name': 'order', 'process.pid': 7 }, { schemaUrl: 'https://a/1' });

function shop(resource: Resource = RESOURCE) {
  const spans: ReadableSpan[] = [];
  const collect = { onStart() {}, onEnd: (span: ReadableSpan) => void spans.push(span) };
  const end = async (): Promise<void> => {};
  const provider = new TracerProvider({ resource, spanProcessors: [{ ...collect, forceFlush: end, shutdown: end }] });
  return { spans, provider, tracer: provider.getTracer('shop', '1.2', { schemaUrl: 'https://b/2' }) };
}

function span(name: string, attributes: Attributes = {}): ReadableSpan {
  const { spans, tracer } = shop();
  tracer.startSpan(name, { attributes, startTime: [1_790_000_000, 123_456_789] }).end([1_790_000_001, 999_999_999]);
  return spans[0]!;
}

/** The spans as they wait, one after the other, and then all of them in one request. */
const request = (serializer: OtlpSpans, spans: ReadableSpan[]): Uint8Array =>
  serializer.serializeRequest(spans.map((span) => serializer.of(span)));

const expectSame = (spans: ReadableSpan[], serializer = new OtlpSpans()): void => {
  const theirs = readOtlpRequest(ProtobufTraceSerializer.serializeRequest(spans)!);
  expect(spansIn(readOtlpRequest(request(serializer, spans)))).toEqual(spansIn(theirs));
};

describe('OtlpSpans says to a receiver what the serializer of OpenTelemetry says', () => {
  it.each<[string, Attributes]>([
    ['texts', { 'http.route': '/orders/:id', '': 'no key', empty: '', long: 'x'.repeat(20_000) }],
    ['texts beyond ASCII', { 'url.path': '/주문/🍊', name: 'é'.repeat(300), lone: 'a\ud800b' }],
    ['numbers', { zero: 0, port: 65_535, large: Number.MAX_SAFE_INTEGER, beyond: 2 ** 60, part: 0.25, negative: -3 }],
    ['odd numbers', { not: Number.NaN, infinite: Number.POSITIVE_INFINITY, minus: -0.5, tiny: Number.MIN_VALUE }],
    ['booleans', { yes: true, no: false }],
    ['lists', { ids: ['a', 'b'], sizes: [1, 2.5] }],
    ['nothing', {}],
  ])('of %s', (name, attributes) => {
    const serializer = new OtlpSpans();
    // Once as it is learned and once as it is remembered.
    for (let round = 0; round < 2; round++)
      expectSame([span(name, attributes), span(`${name} again`, attributes)], serializer);
  });

  it.each<[string, (index: number) => [name: string, attributes: Attributes]]>([
    ['names', (index) => [`GET /${index}`, { index }]],
    ['keys', (index) => ['GET', { [`key.${index}`]: index % 3 }]],
    ['values of one attribute', (index) => ['GET', { 'url.path': `/orders/${index}`, method: 'GET' }]],
    ['values of all', (index) => ['GET', { a: index, b: `${index}`, c: index / 3, d: index % 2 === 0 }]],
    ['long values', (index) => ['GET', { 'url.query': `${index}`.repeat(100) }]],
    ['values that are seldom writable', (index) => ['GET', { a: index % 7 === 0 ? ['list'] : index, b: 'b' }]],
    ['sets of attributes', (index) => ['GET', { a: 1, ...(index % 2 === 0 && { b: index % 40 }), c: index % 5 }]],
  ])('of more %s than are remembered', (_, describe) => {
    const spans = Array.from({ length: 400 }, (_value, index) => span(...describe(index)));
    const serializer = new OtlpSpans();
    for (let round = 0; round < 2; round++) expectSame(spans, serializer);
  });

  it('of parents, statuses, events, links and trace states, in one request', () => {
    const { spans, tracer, provider } = shop();
    const parent = tracer.startSpan('1 parent', { kind: SpanKind.SERVER });
    const below = trace.setSpan(ROOT_CONTEXT, parent);
    tracer.startSpan('2 child', { kind: SpanKind.CLIENT }, below).end();
    const remote = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 1, isRemote: true };
    tracer.startSpan('3 continued', {}, trace.setSpanContext(ROOT_CONTEXT, remote)).end();
    const withState = { ...remote, traceState: new TraceState('vendor=1') };
    tracer.startSpan('4 with state', {}, trace.setSpanContext(ROOT_CONTEXT, withState)).end();
    tracer.startSpan('5 linked', { links: [{ context: remote }] }).end();
    tracer.startSpan('6 with event').addEvent('placed', { total: 40 }).end();
    tracer.startSpan('7 failed').setStatus({ code: SpanStatusCode.ERROR, message: 'no stock' }).end();
    tracer.startSpan('8 fine').setStatus({ code: SpanStatusCode.OK }).end();
    provider.getTracer('another').startSpan('9 of another scope', { kind: SpanKind.PRODUCER }).end();
    parent.end();
    expectSame(spans);
  });

  it('of attributes that were dropped, and of another resource', () => {
    const { spans, tracer } = shop(resourceFromAttributes({ 'service.name': 'gateway', tags: ['a', 'b'] }));
    const crowded = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key.${index}`, index]));
    tracer.startSpan('crowded', { attributes: crowded }).end();
    expectSame([...spans, span('another')]);
  });

  it('of nothing', () => expect(readOtlpRequest(new OtlpSpans().serializeRequest([])).resourceSpans).toEqual([]));
});

it('keeps spans whole that wait in several blocks of memory, beside others, and are sent again', () => {
  const serializer = new OtlpSpans();
  const spans = Array.from({ length: 300 }, (_, index) => span(`${index}`, { text: 'é'.repeat(index * 10) }));
  const waiting = spans.map((one) => serializer.of(one));
  const [even, odd] = [0, 1].map((rest) => (_: unknown, index: number) => index % 2 === rest);
  for (const part of [even!, odd!, even!]) {
    const theirs = readOtlpRequest(ProtobufTraceSerializer.serializeRequest(spans.filter(part))!);
    expect(spansIn(readOtlpRequest(serializer.serializeRequest(waiting.filter(part))))).toEqual(spansIn(theirs));
  }
});

it('gives each request bytes of its own', () => {
  const serializer = new OtlpSpans();
  const first = request(serializer, [span('first')]);
  request(serializer, [span('second')]);
  expect(readOtlpRequest(first).resourceSpans[0]!.scopeSpans[0]!.spans[0]!.name).toBe('first');
});
