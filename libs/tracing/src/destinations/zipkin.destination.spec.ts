import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { RetryableError } from '#delivery';
import { describeSpanDestination, type DestinationUnderTest, finishedSpans } from '../span-destination.contract.js';
import { HttpReceiver } from './http-receiver.fixture.js';
import { ZipkinDestination } from './zipkin.destination.js';

async function start(): Promise<DestinationUnderTest & { receiver: HttpReceiver }> {
  const receiver = await HttpReceiver.start();
  const sent = (): { name: string }[] =>
    receiver.accepted.flatMap(({ body }) => JSON.parse(body.toString()) as { name: string }[]);
  return {
    receiver,
    destination: new ZipkinDestination({ url: receiver.url, headers: { 'x-api-key': 'key' } }),
    received: () => sent().map(({ name }) => name),
    become: (mode) => (receiver.mode = mode === 'silent' ? 'silent' : 400),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

describeSpanDestination('A Zipkin server', start);

describe('ZipkinDestination', () => {
  const never = new AbortController().signal;

  it("tells of a span as Zipkin's API, version 2, has it", async () => {
    await using test = await start();
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'Order' }),
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
    });
    const startTime = Date.UTC(2026, 0, 1);
    const options = { kind: SpanKind.SERVER, startTime, attributes: { 'http.response.status_code': 500, tags: ['a'] } };
    const span = provider.getTracer('spec').startSpan('GET /orders', options);
    span.addEvent('exception', {}, startTime + 1).setStatus({ code: SpanStatusCode.ERROR });
    span.end(startTime + 2.5);
    await test.destination.send(exporter.getFinishedSpans(), never);
    const [sent] = test.receiver.accepted;
    expect([sent?.path, sent?.headers['content-type'], sent?.headers['x-api-key']]).toEqual([
      '/api/v2/spans',
      'application/json',
      'key',
    ]);
    expect(JSON.parse(String(sent?.body))).toEqual([
      {
        traceId: span.spanContext().traceId,
        id: span.spanContext().spanId,
        name: 'GET /orders',
        kind: 'SERVER',
        timestamp: startTime * 1_000,
        duration: 2_500,
        localEndpoint: { serviceName: 'order' },
        annotations: [{ timestamp: (startTime + 1) * 1_000, value: 'exception' }],
        tags: { 'http.response.status_code': '500', tags: '["a"]', 'otel.status_code': 'ERROR', error: 'true' },
      },
    ]);
  });

  it('asks for another attempt when the server is busy or away', async () => {
    await using test = await start();
    test.receiver.mode = 503;
    test.receiver.answerHeaders = { 'retry-after': '7' };
    await expect(test.destination.send(finishedSpans('one'), never)).rejects.toMatchObject({ retryAfterMs: 7_000 });
    await test.receiver[Symbol.asyncDispose]();
    await expect(test.destination.send(finishedSpans('one'), never)).rejects.toBeInstanceOf(RetryableError);
  });
});
