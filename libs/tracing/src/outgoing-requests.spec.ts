import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Controller, Get } from '@nestjs/common';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { NotTraced } from '#observation';
import { TracedApp } from './traced-app.fixture.js';

/** Another service, which keeps the headers that it was sent. */
class Receiver implements AsyncDisposable {
  readonly received: IncomingHttpHeaders[] = [];
  readonly #server = http.createServer((request, response) => {
    this.received.push(request.headers);
    response.statusCode = Number(new URL(request.url!, 'http://any').searchParams.get('status') ?? 200);
    response.end('done');
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  url(path = '/stock?token=secret'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function get(url: string, options: http.RequestOptions = {}): Promise<void> {
  const request = http.get(url, options);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
}

/** Runs what a spec wants to have sent, as the work of one request. */
let send: () => Promise<unknown> = async () => {};

@Controller()
class SendController {
  @Get('send')
  async send(): Promise<string> {
    await send().catch(() => {});
    return trace.getActiveSpan()?.spanContext().spanId ?? 'none';
  }
}

@Controller()
class QuietController {
  @Get('quiet')
  @NotTraced()
  async quiet(): Promise<void> {
    await send();
  }
}

const controllers = [SendController];

describe('An outgoing request', () => {
  it.each<[string, (url: string) => Promise<unknown>]>([
    ['fetch', async (url) => (await fetch(url)).text()],
    ['http', (url) => get(url)],
  ])('through %s gets a span and carries the trace', async (_name, call) => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({
      controllers,
      options: { propagators: ['tracecontext', 'b3', 'b3multi'] },
    });
    send = () => call(receiver.url());
    await app.request('/send');
    await app.ended(2);
    const [request, client] = [app.span('GET /send'), app.span('GET')];
    expect([client.kind, client.status.code]).toEqual([SpanKind.CLIENT, SpanStatusCode.UNSET]);
    expect(client.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(client.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': receiver.port,
      'url.full': receiver.url('/stock'),
    });
    const { traceId, spanId } = client.spanContext();
    expect(receiver.received[0]).toMatchObject({
      traceparent: `00-${traceId}-${spanId}-01`,
      b3: `${traceId}-${spanId}-1`,
      'x-b3-traceid': traceId,
      'x-b3-spanid': spanId,
      'x-b3-sampled': '1',
    });
    expect(receiver.received[0]).not.toHaveProperty('x-b3-parentspanid');
  });

  it.each([
    [404, '404'],
    [503, '503'],
  ])('that is answered with %i has failed', async (status, errorType) => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({ controllers });
    send = async () => (await fetch(receiver.url(`/stock?status=${status}`))).text();
    await app.request('/send');
    await app.ended(2);
    const client = app.span('GET');
    expect([client.status.code, client.attributes['error.type']]).toEqual([SpanStatusCode.ERROR, errorType]);
    expect(app.span('GET /send').status.code).toBe(SpanStatusCode.UNSET);
  });

  it('that reaches nobody has failed', async () => {
    const receiver = await Receiver.start();
    const url = receiver.url();
    await receiver[Symbol.asyncDispose]();
    await using app = await TracedApp.start({ controllers });
    send = () => fetch(url);
    await app.request('/send');
    await app.ended(2);
    const client = app.span('GET');
    expect(client.status.code).toBe(SpanStatusCode.ERROR);
    expect(client.attributes['error.type']).toBe('Error');
    expect((await app.observationsPage('?order=failed&limit=1')).items).toMatchObject([
      { kind: 'client', outcome: 'failure' },
    ]);
  });

  it.each<[string, (url: string, headers: Record<string, string>) => Promise<unknown>]>([
    ['fetch', (url, headers) => fetch(url, { headers })],
    ['http', (url, headers) => get(url, { headers })],
  ])('through %s keeps the headers that its caller set', async (_name, call) => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({ controllers });
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
    send = () => call(receiver.url(), { TraceParent: traceparent });
    await app.request('/send');
    await app.ended(2);
    expect(receiver.received[0]?.['traceparent']).toBe(traceparent);
    expect(app.tracing.propagation()?.notInjected).toBe(0);
  });

  it('whose headers cannot be added to gets a span, goes out without the trace, and is counted', async () => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({ controllers });
    send = () => get(receiver.url(), { headers: ['host', 'receiver', 'x-own', '1'] as never });
    await app.request('/send');
    await app.ended(2);
    expect(receiver.received[0]).toMatchObject({ 'x-own': '1' });
    expect(receiver.received[0]).not.toHaveProperty('traceparent');
    expect([app.span('GET').kind, app.tracing.propagation()?.notInjected]).toEqual([SpanKind.CLIENT, 1]);
  });

  it('hands on that its trace is not sampled', async () => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({ controllers, options: { sampling: 'never' } });
    send = () => fetch(receiver.url());
    const response = await app.request('/send');
    expect(receiver.received[0]?.['traceparent']).toMatch(
      new RegExp(`^00-${response.headers.get('x-trace-id')}-[\\da-f]{16}-00$`),
    );
    expect(await app.ended(0)).toEqual([]);
  });

  it('belongs to the app that sent it when two live in one process', async () => {
    await using receiver = await Receiver.start();
    await using order = await TracedApp.start({ controllers, service: 'order' });
    await using gateway = await TracedApp.start({ controllers, service: 'gateway', options: { propagators: ['b3'] } });
    send = async () => (await fetch(receiver.url())).text();
    await gateway.request('/send');
    await gateway.ended(2);
    expect([order.spans.length, gateway.spans.length]).toEqual([0, 2]);
    expect(receiver.received[0]).toHaveProperty('b3');
    expect(receiver.received[0]).not.toHaveProperty('traceparent');
  });

  it('below a handler that is left out is not to be sampled by anybody', async () => {
    await using receiver = await Receiver.start();
    await using app = await TracedApp.start({ controllers: [QuietController] });
    send = async () => (await fetch(receiver.url())).text();
    await app.request('/quiet');
    expect(receiver.received[0]?.['traceparent']).toMatch(/-00$/);
    expect(await app.ended(0)).toEqual([]);
  });
});
