import { createRequire } from 'node:module';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { context, metrics, propagation, ProxyTracerProvider, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ManagementEndpoints, ManagementServer } from '#management';
import { leaveProcess, Observations } from '#observation';
import { Traced } from './traced.decorator.js';
import { ADAPTERS, elsewhere, TracedApp, type TracedAppParts } from './traced-app.fixture.js';
import { TracingModule } from './tracing.module.js';
import { Tracing } from './tracing.js';

// Asked for before any app exists, as modules of users do.
const cached = trace.getTracer('users-module');
const commonJs = createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api');
const cachedInCommonJs = commonJs.trace.getTracer('users-commonjs-module');

@Controller()
class WorkController {
  @Get('work')
  work(): string {
    cached.startSpan('cached work').end();
    cachedInCommonJs.startSpan('cached commonjs work').end();
    return trace.getTracer('inline').startActiveSpan('inline work', (span) => {
      span.end();
      return span.spanContext().traceId;
    });
  }
}

const controllers = [WorkController];

/** Whether OpenTelemetry's globals are as they were before anybody set them. */
function globalsAreFree(): boolean {
  const registered = trace.getTracerProvider();
  const isProxy = registered instanceof ProxyTracerProvider && registered.getDelegateTracer('any') === undefined;
  return isProxy && propagation.fields().length === 0 && context.with(ROOT_CONTEXT, () => 1) === 1;
}

describe.each(ADAPTERS)('TracingModule on %s', (_, adapter) => {
  it("makes users' spans children of the request's, from tracers however old", async () => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers });
    const response = await app.request('/work');
    const spans = await app.ended(4);
    const request = app.span('GET /work');
    expect(response.headers.get('x-trace-id')).toBe(request.spanContext().traceId);
    expect(await response.text()).toBe(request.spanContext().traceId);
    expect(spans.map(({ name }) => name)).toEqual(['cached work', 'cached commonjs work', 'inline work', 'GET /work']);
    for (const span of spans.slice(0, 3)) expect(span.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
  });

  it('keeps two apps of one process apart', async () => {
    await using order = await TracedApp.start({ adapter: adapter(), controllers, service: 'order' });
    {
      await using gateway = await TracedApp.start({ adapter: adapter(), controllers, service: 'gateway' });
      await Promise.all([order.request('/work'), gateway.request('/work')]);
      for (const app of [order, gateway]) {
        const spans = await app.ended(4);
        expect(spans.map(({ resource }) => resource.attributes['service.name'])).toEqual(
          Array(4).fill(app === order ? 'order' : 'gateway'),
        );
      }
    }
    await order.request('/work');
    expect(await order.ended(8)).toHaveLength(8);
  });
});

describe('TracingModule', () => {
  afterEach(() => vi.unstubAllEnvs());

  it("frees OpenTelemetry's globals with the last app and takes them again with a later one", async () => {
    expect(globalsAreFree()).toBe(true);
    {
      await using first = await TracedApp.start({ controllers });
      expect(globalsAreFree()).toBe(false);
      await first.request('/work');
      await first.ended(4);
    }
    expect(globalsAreFree()).toBe(true);
    cached.startSpan('between two apps').end();
    await using second = await TracedApp.start({ controllers });
    await second.request('/work');
    expect(await second.ended(4)).toHaveLength(4);
  });

  it('leaves work outside of a request to the oldest app', async () => {
    await using order = await TracedApp.start({ service: 'order' });
    await using gateway = await TracedApp.start({ service: 'gateway' });
    cached.startSpan('timer').end();
    gateway.tracing.trace('gateway timer', () => cached.startSpan('inside').end());
    expect([order.spans.map(({ name }) => name), gateway.spans.map(({ name }) => name)]).toEqual([
      ['timer'],
      ['inside', 'gateway timer'],
    ]);
  });

  it.each([
    ['tracer provider', () => trace.setGlobalTracerProvider(new TracerProvider())],
    ['context manager', () => context.setGlobalContextManager(new AsyncLocalStorageContextManager())],
    ['propagator', () => propagation.setGlobalPropagator({ inject() {}, extract: (one) => one, fields: () => [] })],
  ])('refuses to start beside another set-up that has the global %s', async (what, setUp) => {
    setUp();
    try {
      await expect(TracedApp.start()).rejects.toThrow(
        `TracingModule: OpenTelemetry's global ${what} is set already, by another set-up`,
      );
    } finally {
      trace.disable();
      context.disable();
      propagation.disable();
    }
  });

  it.each<[string, TracedAppParts['options'], Record<string, string>]>([
    ['its options are false', false, {}],
    ['OTEL_SDK_DISABLED is true', {}, { OTEL_SDK_DISABLED: 'TRUE' }],
  ])('leaves nothing behind when %s', async (_when, options, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await using app = await TracedApp.start({ options, controllers });
    const response = await app.request('/work');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-trace-id')).toBe(null);
    expect(globalsAreFree()).toBe(true);
    expect(app.spans).toEqual([]);
    expect(await app.observationsPage()).toMatchObject({ status: 404 });
    expect(app.tracing.trace('work', (span) => span.isRecording())).toBe(false);
    expect([app.tracing.currentTraceId(), app.tracing.recent(), app.tracing.deliveries()]).toEqual([
      undefined,
      { items: [] },
      [],
    ]);
  });

  it('tells who made the spans, and nothing of the command line', async () => {
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'team=kitchen,service.version=0.0.1');
    await using app = await TracedApp.start();
    app.tracing.trace('work', () => {});
    const { attributes } = app.span('work').resource;
    expect(attributes).toMatchObject({
      'service.name': 'order',
      'service.version': '1.2.3',
      'service.instance.id': 'one',
      'deployment.environment.name': 'test',
      team: 'kitchen',
    });
    expect(Object.keys(attributes).filter((name) => /^(process|host|os)\./.test(name))).toEqual([]);
  });

  it("traces nothing that is done for an operator's page", async () => {
    @Injectable()
    class Check {
      @Traced()
      async look(url: string): Promise<void> {
        cached.startSpan('query').end();
        await fetch(url);
      }
    }
    await using app = await TracedApp.start({ providers: [Check], controllers });
    const check = app.nest.get(Check);
    app.nest.get(ManagementEndpoints).add({
      method: 'GET',
      path: '/check',
      handle: async () => ({ body: await app.tracing.trace('page', () => check.look(app.url)) }),
    });
    const page = `${app.nest.get(ManagementServer).url}/check`;
    expect((await elsewhere(() => fetch(page))).status).toBe(200);
    expect((await app.ended(1)).map(({ name }) => name)).toEqual(['GET']);
    expect(app.spans[0]?.parentSpanContext).toBe(undefined);
    await check.look(app.url);
    expect(await app.ended(5)).toHaveLength(5);
  });

  it('bounds what one span may hold', async () => {
    await using app = await TracedApp.start();
    app.tracing.trace('big', (span) => {
      for (let index = 0; index < 100; index++) span.setAttribute(`key${index}`, 'x'.repeat(5_000));
      for (let index = 0; index < 50; index++) span.addEvent('event').addLink({ context: span.spanContext() });
    });
    const { attributes, events, links } = app.span('big');
    expect([Object.keys(attributes).length, String(attributes['key0']).length]).toEqual([64, 1_024]);
    expect([events.length, links.length]).toEqual([16, 16]);
  });

  it('registers no meter and no logger provider, and leaves the environment as it was', async () => {
    const before = { ...process.env };
    const [meters, logs] = [metrics.getMeterProvider(), commonJs.logs.getLoggerProvider()];
    await using app = await TracedApp.start();
    expect(app.tracing.enabled).toBe(true);
    expect([metrics.getMeterProvider(), commonJs.logs.getLoggerProvider()]).toEqual([meters, logs]);
    expect(process.env).toEqual(before);
  });

  it('works in a standalone application, with options from a factory', async () => {
    @Injectable()
    class Kitchen {
      constructor(readonly tracing: Tracing) {}
    }
    @Module({ imports: [TracingModule.forRootAsync({ useFactory: () => ({ recent: 3 }) })], providers: [Kitchen] })
    class App {}
    const app = await NestFactory.createApplicationContext(App, { logger: false });
    const { tracing } = app.get(Kitchen);
    const traceId = tracing.trace('cook', () => tracing.currentTraceId());
    expect(tracing.recent().items).toMatchObject([{ traceId, name: 'cook', kind: 'internal', outcome: 'success' }]);
    await app.close();
    leaveProcess(app.get(Observations));
    expect(globalsAreFree()).toBe(true);
  });

  // The last one here: an app whose start fails is never told to leave the process.
  it('is refused when it is imported twice', async () => {
    const start = TracedApp.start({ imports: [TracingModule.forRoot({ recent: 5 })] });
    await expect(start).rejects.toThrow('TracingModule is imported twice, by App');
  });
});
