import { Controller, Get, Logger } from '@nestjs/common';
import { propagation } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, TracedApp } from './traced-app.fixture.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER_TRACE = '80f198ee56343ba864fe8b2a57d3eff7';
const SPAN = '00f067aa0ba902b7';

@Controller()
class BaggageController {
  @Get('baggage')
  baggage(): string {
    return JSON.stringify(propagation.getActiveBaggage()?.getAllEntries() ?? []);
  }
}

const controllers = [BaggageController];

describe.each(ADAPTERS)('The trace of a caller, on %s,', (_, adapter) => {
  it.each<[string, Record<string, string>]>([
    ['W3C', { traceparent: `00-${TRACE}-${SPAN}-01` }],
    ['B3 single', { b3: `${TRACE}-${SPAN}-1` }],
    ['B3 multi', { 'X-B3-TraceId': TRACE, 'X-B3-SpanId': SPAN, 'X-B3-Sampled': '1' }],
    ['B3 multi in upper case', { 'X-B3-TraceId': TRACE.toUpperCase(), 'X-B3-SpanId': SPAN.toUpperCase() }],
    ['W3C and B3 that disagree', { traceparent: `00-${TRACE}-${SPAN}-01`, b3: `${OTHER_TRACE}-${SPAN}-d` }],
  ])('is continued from %s', async (_name, headers) => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers });
    const response = await app.request('/baggage', { headers });
    const [span] = await app.ended(1);
    expect(span?.spanContext().traceId).toBe(TRACE);
    expect(span?.parentSpanContext).toMatchObject({ spanId: SPAN, isRemote: true });
    expect(span?.links).toEqual([]);
    expect(response.headers.get('x-trace-id')).toBe(TRACE);
    expect((await app.observationsPage()).items[0]).toMatchObject({ traceId: TRACE, parentSpanId: SPAN });
  });

  it.each<[string, Record<string, string>]>([
    ['W3C that says so', { traceparent: `00-${TRACE}-${SPAN}-00` }],
    ['B3 that says so', { b3: `${TRACE}-${SPAN}-0` }],
    ['B3 that says nothing else', { b3: '0' }],
  ])('is not sampled after %s', async (_name, headers) => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers });
    await app.request('/baggage', { headers });
    expect(await app.ended(0)).toEqual([]);
    expect((await app.observationsPage()).items).toHaveLength(1);
  });

  it('is begun anew when its headers are malformed, and that is counted', async () => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers });
    await app.request('/baggage', { headers: { traceparent: `00-${TRACE}-${SPAN}-01-more`, b3: 'xxxx' } });
    const [span] = await app.ended(1);
    expect([span?.parentSpanContext, span?.links]).toEqual([undefined, []]);
    expect(app.tracing.propagation()).toMatchObject({ malformed: 2, untrusted: 0 });
  });

  it('is linked and not continued when the caller is not trusted, and the first one is logged', async () => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers, peers: 'none' });
    const logged: string[] = [];
    Logger.overrideLogger({ log: (message: string) => void logged.push(message), error() {}, warn() {} });
    const headers = { traceparent: `00-${TRACE}-${SPAN}-00`, baggage: 'role=admin', 'x-b3-flags': '1' };
    const first = await app.request('/baggage', { headers });
    await app.request('/baggage', { headers });
    const spans = await app.ended(2);
    for (const span of spans) {
      expect(span.spanContext().traceId).not.toBe(TRACE);
      expect(span.parentSpanContext).toBe(undefined);
      expect(span.links.map(({ context }) => [context.traceId, context.spanId])).toEqual([[TRACE, SPAN]]);
    }
    expect(spans[0]?.spanContext().traceId).not.toBe(spans[1]?.spanContext().traceId);
    expect(await first.text()).toBe('[]');
    expect(app.tracing.propagation()).toMatchObject({ untrusted: 2, malformed: 0 });
    expect(logged.filter((line) => line.includes('is no trusted peer'))).toEqual([
      '127.0.0.1 sends a trace context but is no trusted peer: its requests get traces of their own, linked to its ' +
        'own. Name it in trust.peers to have its traces continued.',
    ]);
    Logger.overrideLogger(false);
  });

  it('brings its baggage along', async () => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers });
    const response = await app.request('/baggage', { headers: { baggage: 'shop=north' } });
    expect(await response.json()).toEqual([['shop', { value: 'north' }]]);
  });
});
