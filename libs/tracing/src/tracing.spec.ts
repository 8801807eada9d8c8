import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentApp } from '#observation';
import { TracedApp } from './traced-app.fixture.js';
import { Tracing } from './tracing.js';

describe('Tracing', () => {
  let app: TracedApp;
  let tracing: Tracing;
  beforeAll(async () => {
    app = await TracedApp.start();
    tracing = app.tracing;
  });
  beforeEach(() => void app.collected.spans.splice(0));
  afterAll(() => app[Symbol.asyncDispose]());

  it('makes a span around work and gives back what it gives', async () => {
    const options = { kind: SpanKind.CONSUMER, attributes: { queue: 'orders' } };
    const value = tracing.trace('value', (span) => span.spanContext().spanId, options);
    const promised = await tracing.trace('promise', async (span) => {
      await sleep(5);
      return span.spanContext().spanId;
    });
    expect([app.span('value').spanContext().spanId, app.span('promise').spanContext().spanId]).toEqual([
      value,
      promised,
    ]);
    expect([app.span('value').kind, app.span('value').attributes]).toEqual([SpanKind.CONSUMER, { queue: 'orders' }]);
  });

  it('nests, and knows where it is', async () => {
    const inside = await tracing.trace('outer', async () => {
      await sleep(1);
      return tracing.trace('inner', () => [tracing.currentTraceId(), tracing.currentSpanId(), currentApp()]);
    });
    const [outer, inner] = [app.span('outer'), app.span('inner')];
    expect(inside).toEqual([outer.spanContext().traceId, inner.spanContext().spanId, app.observations]);
    expect(inner.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    expect([tracing.currentTraceId(), tracing.currentSpanId()]).toEqual([undefined, undefined]);
  });

  it.each<[string, () => unknown]>([
    ['throws', () => tracing.trace('work', () => thrown())],
    ['rejects', () => tracing.trace('work', async () => thrown())],
  ])('records the error of work that %s, and hands it on', async (_, work) => {
    await expect((async () => work())()).rejects.toThrow('cold oven');
    const span = app.span('work');
    expect([span.status.code, span.attributes['error.type'], span.events.length]).toEqual([
      SpanStatusCode.ERROR,
      'TypeError',
      1,
    ]);
    expect(tracing.recent({ order: 'failed', limit: 1 }).items).toMatchObject([
      { name: 'work', outcome: 'failure', errorType: 'TypeError' },
    ]);
  });

  it('does the work alone while tracing is off', () => {
    const off = new Tracing();
    expect(off.trace('work', (span) => [span.isRecording(), trace.getActiveSpan()])).toEqual([false, undefined]);
    expect([off.enabled, off.propagation(), off.recent(), off.deliveries()]).toEqual([
      false,
      undefined,
      { items: [] },
      [],
    ]);
  });
});

function thrown(): never {
  throw new TypeError('cold oven');
}
