import { describe, expect, it } from 'vitest';
import { type IncomingTrace, readIncomingTrace } from './incoming-trace.js';
import { PropagationCounts } from './propagation-counts.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER_TRACE = '80f198ee56343ba864fe8b2a57d3eff7';
const SPAN = '00f067aa0ba902b7';
const PARENT = '05e3ac9a4f6e3b90';

function read(headers: Record<string, string>): IncomingTrace & { counts: PropagationCounts } {
  const counts = new PropagationCounts();
  return { ...readIncomingTrace((name) => headers[name], counts), counts };
}

const multi = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`x-b3-${name}`, value]));

describe('readIncomingTrace', () => {
  it.each<[string, Record<string, string>, { traceFlags: number }]>([
    ['W3C, sampled', { traceparent: `00-${TRACE}-${SPAN}-01` }, { traceFlags: 1 }],
    ['W3C, not sampled', { traceparent: `00-${TRACE}-${SPAN}-00` }, { traceFlags: 0 }],
    ['W3C, all flags set', { traceparent: `00-${TRACE}-${SPAN}-ff` }, { traceFlags: 1 }],
    ['W3C, random flag alone', { traceparent: `00-${TRACE}-${SPAN}-02` }, { traceFlags: 0 }],
    ['W3C of a later version', { traceparent: `cc-${TRACE}-${SPAN}-01` }, { traceFlags: 1 }],
    ['W3C of a later version with more', { traceparent: `cc-${TRACE}-${SPAN}-01-what-the-heck` }, { traceFlags: 1 }],
    ['B3 single, sampled', { b3: `${TRACE}-${SPAN}-1` }, { traceFlags: 1 }],
    ['B3 single, not sampled', { b3: `${TRACE}-${SPAN}-0` }, { traceFlags: 0 }],
    ['B3 single with a parent', { b3: `${TRACE}-${SPAN}-1-${PARENT}` }, { traceFlags: 1 }],
    ['B3 single, decision left open', { b3: `${TRACE}-${SPAN}` }, { traceFlags: 1 }],
    ['B3 single in upper case', { b3: `${TRACE}-${SPAN}-1`.toUpperCase() }, { traceFlags: 1 }],
    ['B3 multi, 1', multi({ traceid: TRACE, spanid: SPAN, sampled: '1' }), { traceFlags: 1 }],
    ['B3 multi, true', multi({ traceid: TRACE, spanid: SPAN, sampled: 'true' }), { traceFlags: 1 }],
    ['B3 multi, 0', multi({ traceid: TRACE, spanid: SPAN, sampled: '0' }), { traceFlags: 0 }],
    ['B3 multi, False', multi({ traceid: TRACE, spanid: SPAN, sampled: 'False' }), { traceFlags: 0 }],
    ['B3 multi, decision left open', multi({ traceid: TRACE, spanid: SPAN, parentspanid: PARENT }), { traceFlags: 1 }],
    ['B3 multi in upper case', multi({ traceid: TRACE.toUpperCase(), spanid: SPAN.toUpperCase() }), { traceFlags: 1 }],
    [
      'B3 single before B3 multi',
      { b3: `${TRACE}-${SPAN}-0`, ...multi({ traceid: OTHER_TRACE, spanid: SPAN }) },
      { traceFlags: 0 },
    ],
    ['W3C before a malformed B3', { traceparent: `00-${TRACE}-${SPAN}-01`, b3: 'no' }, { traceFlags: 1 }],
    ['B3 beside a malformed W3C', { traceparent: 'no', b3: `${TRACE}-${SPAN}-1` }, { traceFlags: 1 }],
  ])('reads %s', (_, headers, { traceFlags }) => {
    expect(read(headers).parent).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags, isRemote: true });
  });

  it.each<[string, Record<string, string>]>([
    ['an empty traceparent', { traceparent: '' }],
    ['version ff', { traceparent: `ff-${TRACE}-${SPAN}-01` }],
    ['version 00 with more', { traceparent: `00-${TRACE}-${SPAN}-01-more` }],
    ['a later version with more but no dash', { traceparent: `cc-${TRACE}-${SPAN}-01.more` }],
    ['upper case in traceparent', { traceparent: `00-${TRACE.toUpperCase()}-${SPAN}-01` }],
    ['a trace id of zeros', { traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }],
    ['a span id of zeros', { traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` }],
    ['two traceparents, as Node joins them', { traceparent: `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01` }],
    ['white space around traceparent', { traceparent: ` 00-${TRACE}-${SPAN}-01 ` }],
    ['a traceparent without end', { traceparent: `cc-${TRACE}-${SPAN}-01-${'-'.repeat(15_000)}` }],
    ['an id inside of a longer b3', { b3: `xxxx${TRACE}-${SPAN}-1` }],
    ['48 digits in b3', { b3: `${TRACE}${SPAN}-${SPAN}-1` }],
    ['more after b3', { b3: `${TRACE}-${SPAN}-1;DROP TABLE orders` }],
    ['two b3', { b3: `${TRACE}-${SPAN}-1, ${TRACE}-${SPAN}-1` }],
    ['an unknown state in b3', { b3: `${TRACE}-${SPAN}-2` }],
    ['a line break after b3', { b3: `${TRACE}-${SPAN}-1\n` }],
    ['an empty b3', { b3: '' }],
    ['a trace id of another length', multi({ traceid: '1', spanid: SPAN })],
    ['a span id of another length', multi({ traceid: TRACE, spanid: TRACE })],
    ['a trace id without span id', multi({ traceid: TRACE })],
    ['a span id without trace id', multi({ spanid: SPAN })],
    ['zeros in B3', multi({ traceid: '0'.repeat(16), spanid: SPAN })],
    ['sampled: yes', multi({ traceid: TRACE, spanid: SPAN, sampled: 'yes' })],
    ['sampled: -1', multi({ sampled: '-1' })],
    ['sampled: 1,1', multi({ sampled: '1,1' })],
    ['sampled: __proto__', multi({ traceid: TRACE, spanid: SPAN, sampled: '__proto__' })],
    ['sampled: constructor', multi({ sampled: 'constructor' })],
    ['flags: 3', multi({ traceid: TRACE, spanid: SPAN, flags: '3' })],
  ])('ignores and counts %s', (_, headers) => {
    const { parent, sampled, debug, counts } = read(headers);
    expect({ parent, sampled, debug, ...counts }).toEqual({
      parent: undefined,
      sampled: undefined,
      debug: false,
      malformed: 1,
      conflicts: 0,
      untrusted: 0,
      notInjected: 0,
    });
  });

  it('pads short trace ids of B3', () => {
    const short = TRACE.slice(16);
    for (const headers of [{ b3: `${short}-${SPAN}-1` }, multi({ traceid: short, spanid: SPAN })]) {
      expect(read(headers).parent?.traceId).toBe(`${'0'.repeat(16)}${short}`);
    }
  });

  it.each<[string, Record<string, string>, boolean | undefined, boolean]>([
    ['b3: 0', { b3: '0' }, false, false],
    ['b3: 1', { b3: '1' }, true, false],
    ['b3: d', { b3: 'd' }, true, true],
    ['X-B3-Sampled: 0', multi({ sampled: '0' }), false, false],
    ['X-B3-Flags: 1', multi({ flags: '1' }), true, true],
    ['X-B3-Flags: 1 against X-B3-Sampled: 0', multi({ flags: '1', sampled: '0' }), true, true],
    ['the debug state of a span', { b3: `${TRACE}-${SPAN}-d` }, true, true],
  ])('tells what %s asks for', (_, headers, sampled, debug) => {
    expect(read(headers)).toMatchObject({ sampled, debug });
  });

  it('takes W3C when B3 names another trace, counts the conflict, and does not take over the debug flag', () => {
    const b3 = `${OTHER_TRACE}-${SPAN}-d`;
    const { parent, debug, counts } = read({ traceparent: `00-${TRACE}-${SPAN}-00`, b3, ...multi({ flags: '1' }) });
    expect([parent?.traceId, parent?.traceFlags, debug, counts.conflicts]).toEqual([TRACE, 0, false, 1]);
  });

  it('counts no conflict when both name the same trace', () => {
    const { counts } = read({ traceparent: `00-${TRACE}-${SPAN}-01`, b3: `${TRACE}-${SPAN}-1` });
    expect(counts).toEqual(new PropagationCounts());
  });

  it('passes a tracestate on', () => {
    const tracestate = 'congo=t61rcWkgMzE,rojo=00f067aa0ba902b7';
    const { parent, counts } = read({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate });
    expect([parent?.traceState?.serialize(), counts.malformed]).toEqual([tracestate, 0]);
  });

  it.each([
    ['33 members', Array.from({ length: 33 }, (_, index) => `k${index}=v`).join(',')],
    ['more than 512 characters', `k=${'v'.repeat(600)}`],
    ['15,000 commas', ','.repeat(15_000)],
  ])('drops a tracestate of %s and keeps the trace', (_, tracestate) => {
    const { parent, counts } = read({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate });
    expect([parent?.traceId, parent?.traceState, counts.malformed]).toEqual([TRACE, undefined, 1]);
  });

  it('lets no tracestate reach the prototypes', () => {
    const { parent } = read({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: '__proto__=1,constructor=2,ok=3' });
    expect(parent?.traceState?.get('ok')).toBe('3');
    expect(parent?.traceState?.get('__proto__')).toBe(undefined);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('ignores a tracestate without traceparent', () => {
    expect(read({ tracestate: 'congo=1' })).toEqual({ debug: false, counts: new PropagationCounts() });
  });
});
