import { defaultTextMapGetter, defaultTextMapSetter, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { describe, expect, it } from 'vitest';
import { propagatorsOf, type PropagatorName } from './propagator-name.js';
import { ServicePropagator } from './service.propagator.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const ALL: readonly PropagatorName[] = ['tracecontext', 'baggage', 'b3', 'b3multi'];

const sampled = trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE, spanId: SPAN, traceFlags: 1 });

function injected(propagator: ServicePropagator, context = sampled): Record<string, string> {
  const carrier = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier;
}

function withFormats(...formats: PropagatorName[]): ServicePropagator {
  return new ServicePropagator(new Set(formats));
}

describe('ServicePropagator', () => {
  it.each<[PropagatorName, Record<string, string>]>([
    ['tracecontext', { traceparent: `00-${TRACE}-${SPAN}-01` }],
    ['b3', { b3: `${TRACE}-${SPAN}-1` }],
    ['b3multi', { 'X-B3-TraceId': TRACE, 'X-B3-SpanId': SPAN, 'X-B3-Sampled': '1' }],
    ['baggage', {}],
  ])('writes %s', (format, headers) => {
    expect(injected(withFormats(format))).toEqual(headers);
  });

  it('writes flags of two digits, whatever a context holds', () => {
    const context = trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE, spanId: SPAN, traceFlags: 0xff });
    expect(injected(withFormats('tracecontext'), context)).toEqual({ traceparent: `00-${TRACE}-${SPAN}-01` });
  });

  it('writes nothing without a span, and nothing of suppressed work', () => {
    const propagator = withFormats(...ALL);
    expect([injected(propagator, ROOT_CONTEXT), injected(propagator, suppressTracing(sampled))]).toEqual([{}, {}]);
  });

  it('hands on the debug flag of a caller that was believed', () => {
    const propagator = withFormats(...ALL);
    const header = (name: string): string | undefined => ({ b3: `${TRACE}-${SPAN}-d` })[name];
    const context = propagator.continue(ROOT_CONTEXT, propagator.read(header), header);
    expect(injected(propagator, context)).toEqual({
      traceparent: `00-${TRACE}-${SPAN}-01`,
      b3: `${TRACE}-${SPAN}-d`,
      'X-B3-TraceId': TRACE,
      'X-B3-SpanId': SPAN,
      'X-B3-Flags': '1',
    });
  });

  it('hands on tracestate and baggage', () => {
    const headers = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'congo=1,rojo=2', baggage: 'shop=north' };
    const propagator = withFormats('tracecontext', 'baggage');
    const context = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    expect(injected(propagator, context)).toEqual(headers);
  });

  it('reads all formats for instrumentations, but no debug flag', () => {
    const propagator = withFormats('tracecontext', 'b3');
    const carrier = { b3: [`${TRACE}-${SPAN}-d`] };
    const context = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
    expect(injected(propagator, context)).toMatchObject({ b3: `${TRACE}-${SPAN}-1` });
    const twice = { b3: [`${TRACE}-${SPAN}-1`, `${TRACE}-${SPAN}-1`] };
    expect(propagator.extract(ROOT_CONTEXT, twice, defaultTextMapGetter)).toBe(ROOT_CONTEXT);
    expect(propagator.counts.malformed).toBe(1);
  });

  it.each([
    ['17 members', Array.from({ length: 17 }, (_, index) => `k${index}=v`).join(',')],
    ['more than 1024 characters', `k=${'v'.repeat(1_100)}`],
  ])('drops and counts a baggage of %s', (_, baggage) => {
    const propagator = withFormats('baggage');
    expect(propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter)).toBe(ROOT_CONTEXT);
    expect(propagator.counts.malformed).toBe(1);
  });

  it('lets no baggage reach the prototypes, and none through that it was not asked to carry', () => {
    const baggage = '__proto__=x,constructor=y,%ZZ=1,ok=1;x=\u0001';
    const context = withFormats('baggage').extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter);
    expect(propagation.getBaggage(context)?.getEntry('ok')?.value).toBe('1');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(withFormats('tracecontext').extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter)).toBe(ROOT_CONTEXT);
  });

  it('names the headers that it writes, and never that of the parent span', () => {
    expect(withFormats(...ALL).fields()).toEqual([
      'traceparent',
      'tracestate',
      'baggage',
      'b3',
      'X-B3-TraceId',
      'X-B3-SpanId',
      'X-B3-Sampled',
      'X-B3-Flags',
    ]);
  });
});

describe('propagatorsOf', () => {
  it.each<[readonly PropagatorName[] | undefined, string | undefined, readonly string[], string[]]>([
    [undefined, undefined, ['tracecontext', 'baggage'], []],
    [undefined, ' b3multi , tracecontext ', ['b3multi', 'tracecontext'], []],
    [undefined, 'none', [], []],
    [undefined, 'xray,b3', ['b3'], ['OTEL_PROPAGATORS names xray, which is left out.']],
    [['b3'], 'tracecontext', ['b3'], []],
    [['none'], undefined, [], []],
  ])('chooses for the option %o and OTEL_PROPAGATORS=%s', (option, variable, chosen, warnings) => {
    const warned: string[] = [];
    const names = propagatorsOf(option, { OTEL_PROPAGATORS: variable }, (message) => void warned.push(message));
    expect([...names]).toEqual(chosen);
    expect(warned.map((message) => message.split('. ')[0] + '.')).toEqual(warnings);
  });
});
