import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import {
  BadRequestException,
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  Post,
  UseGuards,
} from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NotTraced, type Observation } from '#observation';
import { Traced } from './traced.decorator.js';
import { ADAPTERS, elsewhere, TracedApp } from './traced-app.fixture.js';

class OvenError extends Error {}

@Injectable()
class Locked implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<{ user?: object }>().user = { id: 'token=hunter2hunter2' };
    throw new ForbiddenException();
  }
}

@Injectable()
class Kitchen {
  @Traced()
  async bake(): Promise<string> {
    trace.getTracer('users').startSpan('knead').end();
    return 'bread';
  }

  @Traced()
  burn(): never {
    throw new OvenError('too hot, token=hunter2hunter2');
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly kitchen: Kitchen) {}

  @Get('locked')
  @UseGuards(Locked)
  locked(): string {
    return 'never';
  }

  @Get('broken')
  broken(): void {
    this.kitchen.burn();
  }

  @Get('plain')
  plain(): never {
    throw new OvenError('plainly too hot');
  }

  @Get('wrong')
  wrong(): never {
    throw new BadRequestException();
  }

  @Get('away')
  away(): never {
    throw new HttpException('the oven is away', 503);
  }

  @Get('slow')
  async slow(): Promise<string> {
    await sleep(300);
    return 'at last';
  }

  @Get('secret')
  @NotTraced()
  secret(): Promise<string> {
    return this.kitchen.bake();
  }

  @Post()
  place(): Promise<string> {
    return this.kitchen.bake();
  }
}

const parts = { controllers: [OrdersController], providers: [Kitchen] };

describe.each(ADAPTERS)('ObservationSpans on %s', (_, adapter) => {
  afterEach(() => vi.unstubAllEnvs());
  const start = (): Promise<TracedApp> => TracedApp.start({ adapter: adapter(), ...parts });

  it('follows the HTTP conventions', async () => {
    await using app = await start();
    const headers = { 'user-agent': `spec/${'1'.repeat(500)}`, 'x-request-id': 'request-of-spec' };
    await app.request('/orders?token=secret', { method: 'POST', headers });
    await app.ended(3);
    const span = app.span('POST /orders');
    expect(span.kind).toBe(SpanKind.SERVER);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/orders',
      'http.response.status_code': 201,
      'url.path': '/orders',
      'url.scheme': 'http',
      'client.address': '127.0.0.1',
      'network.protocol.version': '1.1',
      'user_agent.original': headers['user-agent'].slice(0, 256),
      'code.function.name': 'OrdersController.place',
      'crowsnest.request_id': 'request-of-spec',
      'crowsnest.outcome': 'success',
    });
    expect(span.parentSpanContext).toBe(undefined);
  });

  it('tells who asked, without secrets, and how it ended, also of a request that a guard refused', async () => {
    await using app = await start();
    await app.request('/orders/locked');
    await app.ended(1);
    const { attributes } = app.span('GET /orders/locked');
    expect(attributes).toMatchObject({ 'crowsnest.outcome': 'denied', 'enduser.id': expect.stringMatching(/^token=/) });
    expect(attributes['enduser.id']).not.toContain('hunter2');
  });

  it('keeps the secrets of a path to itself', async () => {
    await using app = await start();
    await app.request('/orders/reset/token=hunter2hunter2');
    await app.ended(1);
    expect(app.span('GET').attributes['url.path']).toMatch(/^\/orders\/reset\/token=(?!.*hunter2)/);
  });

  it('nests the spans of methods and of users below that of the request', async () => {
    await using app = await start();
    await app.request('/orders', { method: 'POST' });
    await app.ended(3);
    const [request, bake, knead] = [app.span('POST /orders'), app.span('Kitchen.bake'), app.span('knead')];
    expect(bake.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(knead.parentSpanContext?.spanId).toBe(bake.spanContext().spanId);
    expect([bake.kind, bake.attributes]).toEqual([SpanKind.INTERNAL, { 'code.function.name': 'Kitchen.bake' }]);
  });

  it.each([
    ['/orders/locked', 403, 'GET /orders/locked', SpanStatusCode.UNSET, undefined],
    ['/orders/wrong', 400, 'GET /orders/wrong', SpanStatusCode.UNSET, undefined],
    ['/nowhere/4711', 404, 'GET', SpanStatusCode.UNSET, undefined],
    ['/orders/plain', 500, 'GET /orders/plain', SpanStatusCode.ERROR, 'OvenError'],
    ['/orders/away', 503, 'GET /orders/away', SpanStatusCode.ERROR, 'HttpException'],
  ])('tells of %s with status %i', async (path, status, spanName, code, errorType) => {
    await using app = await start();
    await app.request(path);
    const [span] = await app.ended(1);
    expect(span?.name).toBe(spanName);
    expect(span?.status).toEqual({ code });
    expect(span?.attributes['http.response.status_code']).toBe(status);
    expect(span?.attributes['error.type']).toBe(errorType);
    expect(span?.events.map((event) => event.attributes?.['exception.type'])).toEqual(errorType ? [errorType] : []);
  });

  it('records an error once, where it came from, and without its secrets', async () => {
    await using app = await start();
    await app.request('/orders/broken');
    await app.ended(2);
    const [request, burn] = [app.span('GET /orders/broken'), app.span('Kitchen.burn')];
    expect([request.events.length, burn.events.length]).toEqual([0, 1]);
    for (const span of [request, burn]) {
      expect([span.status.code, span.attributes['error.type']]).toEqual([SpanStatusCode.ERROR, 'OvenError']);
    }
    const [event] = burn.events;
    expect(event?.name).toBe('exception');
    expect(event?.attributes?.['exception.message']).toMatch(/^too hot, token=/);
    expect(JSON.stringify(event)).not.toContain('hunter2');
  });

  it('folds methods that anybody can invent', async () => {
    await using app = await start();
    await app.request('/orders', { method: 'PURGE' });
    const [span] = await app.ended(1);
    expect(span?.name).toBe('HTTP');
    expect(span?.attributes).toMatchObject({
      'http.request.method': '_OTHER',
      'http.request.method_original': 'PURGE',
    });
  });

  it('says that the client went away', async () => {
    await using app = await start();
    const socket = connect(app.port, '127.0.0.1', () =>
      socket.write('GET /orders/slow HTTP/1.1\r\nHost: spec\r\n\r\n'),
    );
    await sleep(100);
    socket.destroy();
    await app.ended(1);
    const span = app.span('GET /orders/slow');
    expect([span.attributes['error.type'], span.attributes['http.response.status_code']]).toEqual([
      'aborted',
      undefined,
    ]);
    expect((await app.observationsPage()).items[0]).toMatchObject({ outcome: 'unknown', errorType: 'aborted' });
  });

  it('starts and ends exactly when the observation does', async () => {
    await using app = await start();
    const observed: Observation[] = [];
    app.observations.register({ component: 'spec', aspects: [], stopped: (one) => void observed.push(one) });
    await app.request('/orders', { method: 'POST' });
    await app.ended(3);
    expect(observed.map(({ kind }) => kind)).toEqual(['method', 'http.server']);
    for (const observation of observed) {
      const span = app.spans.find((one) => one.spanContext().spanId === observation.trace?.spanId);
      expect(hrTimeToMilliseconds(span!.startTime)).toBeCloseTo(observation.startTimeMs, 2);
      expect(hrTimeToMilliseconds(span!.duration)).toBeCloseTo(observation.durationMs!, 2);
    }
  });

  it('leaves out a handler that is not to be traced, with all that is done for it', async () => {
    await using app = await start();
    const caller = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    expect((await app.request('/orders/secret', { headers: caller })).status).toBe(200);
    expect(await app.ended(0)).toEqual([]);
    expect((await app.observationsPage()).items).toEqual([]);
    await app.request('/orders', { method: 'POST' });
    expect(await app.ended(3)).toHaveLength(3);
  });

  it('makes no spans of a trace that is not sampled, but remembers it and hands it on', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio');
    vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', '0');
    await using app = await start();
    const response = await app.request('/orders', { method: 'POST' });
    expect(await app.ended(0)).toEqual([]);
    const { items } = await app.observationsPage();
    expect(items.map((item) => item['name'])).toEqual(['POST /orders', 'Kitchen.bake']);
    expect(new Set(items.map((item) => item['traceId']))).toEqual(new Set([response.headers.get('x-trace-id')]));
    const caller = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    await app.request('/orders', { method: 'POST', headers: caller });
    expect(await app.ended(3)).toHaveLength(3);
  });
});

describe('ObservationSpans', () => {
  it('tells of requests that are injected', async () => {
    await using app = await TracedApp.start({ adapter: new FastifyAdapter(), ...parts });
    const server = (app.nest.getHttpAdapter() as unknown as FastifyAdapter).getInstance();
    await elsewhere(() => server.inject({ method: 'POST', url: '/orders' }));
    await app.ended(3);
    expect(app.span('POST /orders').attributes['http.response.status_code']).toBe(201);
  });
});
