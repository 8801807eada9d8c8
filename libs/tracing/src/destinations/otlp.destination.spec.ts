import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RetryableError } from '#delivery';
import { describeSpanDestination, type DestinationUnderTest, finishedSpans } from '../span-destination.contract.js';
import { HttpReceiver } from './http-receiver.fixture.js';
import { otlpDestination } from './otlp.destination.js';
import { type OtlpRequest, readOtlpRequest } from './otlp-request.fixture.js';
import type { OtlpOptions, OtlpProtocol } from './otlp.options.js';

interface Collector {
  readonly httpUrl: string;
  readonly grpcUrl: URL;
  start(): Promise<void>;
  close(): Promise<void>;
}

// The package has no types of its own.
const { MockOtlpServer } = createRequire(import.meta.url)('@elastic/mockotlpserver') as {
  MockOtlpServer: new (options: object) => Collector;
};

function namesIn({ resourceSpans }: OtlpRequest): string[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)));
}

async function start(options: OtlpOptions = {}): Promise<DestinationUnderTest & { receiver: HttpReceiver }> {
  const receiver = await HttpReceiver.start();
  return {
    receiver,
    destination: await otlpDestination({ url: receiver.url, ...options }, {}),
    received: () => receiver.accepted.flatMap(({ body }) => namesIn(readOtlpRequest(body))),
    become: (mode) => (receiver.mode = mode === 'silent' ? 'silent' : 400),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

describeSpanDestination('An OTLP collector', start);

describe('otlpDestination', () => {
  const never = new AbortController().signal;
  afterEach(() => vi.unstubAllEnvs());

  it.each<[OtlpProtocol, 'httpUrl' | 'grpcUrl']>([
    ['http/json', 'httpUrl'],
    ['http/protobuf', 'httpUrl'],
    ['grpc', 'grpcUrl'],
  ])('speaks %s', async (protocol, address) => {
    const names: string[] = [];
    const collector = new MockOtlpServer({
      logLevel: 'fatal',
      services: ['http', 'grpc'],
      httpHostname: '127.0.0.1',
      httpPort: 0,
      grpcHostname: '127.0.0.1',
      grpcPort: 0,
      onTrace: (request: OtlpRequest) => names.push(...namesIn(request)),
    });
    await collector.start();
    const destination = await otlpDestination({ url: String(collector[address]), protocol }, {});
    try {
      await destination.send(finishedSpans('one', 'two'), never);
      expect(names).toEqual(['one', 'two']);
    } finally {
      await destination.close();
      await collector.close();
    }
  });

  it.each([
    [400, false],
    [413, false],
    [429, true],
    [503, true],
  ])('asks for another attempt after %i: %s', async (status, retryable) => {
    await using test = await start({ timeoutMs: 100 });
    test.receiver.mode = status;
    const sent = test.destination.send(finishedSpans('one'), never);
    expect(await sent.catch((error: unknown) => error instanceof RetryableError)).toBe(retryable);
  });

  it('asks for another attempt when nobody was reached', async () => {
    const { receiver, destination } = await start({ timeoutMs: 100 });
    await receiver[Symbol.asyncDispose]();
    await expect(destination.send(finishedSpans('one'), never)).rejects.toBeInstanceOf(RetryableError);
  });

  it('cuts the connection to a collector that drips its answer', async () => {
    await using test = await start();
    test.receiver.mode = 'dripping';
    await expect(test.destination.send(finishedSpans('one'), AbortSignal.timeout(200))).rejects.toThrow();
    await vi.waitFor(async () => expect(await test.receiver.connections()).toBe(0));
    test.receiver.mode = 'answering';
    await test.destination.send(finishedSpans('two'), never);
    expect(test.received()).toEqual(['two']);
  });

  it('adds the path where there is none, and sends headers along', async () => {
    await using test = await start({ headers: { 'x-api-key': 'key' } });
    await test.destination.send(finishedSpans('one'), never);
    const [sent] = test.receiver.accepted;
    expect([sent?.path, sent?.headers['x-api-key']]).toEqual(['/v1/traces', 'key']);
    const elsewhere = await otlpDestination({ url: `${test.receiver.url}/otlp/in` }, {});
    await elsewhere.send(finishedSpans('two'), never);
    expect(test.receiver.accepted[1]?.path).toBe('/otlp/in');
  });

  it('follows the standard variables', async () => {
    await using receiver = await HttpReceiver.start();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-team=kitchen');
    vi.stubEnv('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/protobuf');
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '700');
    const destination = await otlpDestination({}, process.env);
    await destination.send(finishedSpans('one'), never);
    const [sent] = receiver.accepted;
    expect([sent?.path, sent?.headers['x-team'], sent?.headers['content-type']]).toEqual([
      '/v1/traces',
      'kitchen',
      'application/x-protobuf',
    ]);
    expect(destination.deadlineMs).toBe(700);
  });

  it('refuses a protocol of the environment that does not exist', async () => {
    const started = otlpDestination({}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/xml' });
    await expect(started).rejects.toThrow(
      'TracingModule: OTEL_EXPORTER_OTLP_PROTOCOL is "http/xml". Use one of http/protobuf, http/json, grpc.',
    );
  });
});
