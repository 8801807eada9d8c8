import { type Context, ROOT_CONTEXT, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { millisToHrTime, TraceState } from '@opentelemetry/core';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  type IdGenerator,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { ObservationTracer } from './observation.tracer.js';

const ratio = new TraceIdRatioBasedSampler(0.5);

const SAMPLERS: [string, Sampler][] = [
  ['every trace', new AlwaysOnSampler()],
  ['no trace', new AlwaysOffSampler()],
  ['every other trace', ratio],
  ['what the caller keeps, and every other trace of its own', new ParentBasedSampler({ root: ratio })],
];

const remote = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 0, isRemote: true };
const under = (parent: Parameters<typeof trace.setSpanContext>[1]): Context =>
  trace.setSpanContext(ROOT_CONTEXT, parent);
const CONTEXTS: Context[] = [
  ROOT_CONTEXT,
  under({ ...remote, traceFlags: 1 }),
  under({ ...remote, traceFlags: 0 }),
  under({ ...remote, traceFlags: 1, traceState: new TraceState('vendor=1') }),
  under({ ...remote, traceFlags: 0, isRemote: false }),
  under({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 1 }),
];

/** Ids in an order that is the same each time, of traces and of spans apart from each other. */
function counted(): IdGenerator {
  let [traces, spans] = [0, 0];
  return {
    // Spread, because the sampler goes by the digits.
    generateTraceId: () => ((traces += 1) * 0x9e37_79b1).toString(16).padStart(32, '1'),
    generateSpanId: () => (spans += 1).toString(16).padStart(16, '0'),
  };
}

const START_MS = 1_790_000_000_123.25;

/** All that is known of some spans in each of the contexts; the SDK asks for their time in another form. */
function started(tracer: ObservationTracer | Tracer): object[] {
  return CONTEXTS.flatMap((context) =>
    Array.from({ length: 20 }, () => {
      const start = { kind: SpanKind.SERVER, links: [{ context: remote }] };
      const span =
        tracer instanceof ObservationTracer
          ? tracer.startSpan('GET', { ...start, startTimeMs: START_MS }, context)
          : tracer.startSpan('GET', { ...start, startTime: millisToHrTime(START_MS) }, context);
      const { traceState, ...ids } = span.spanContext();
      // Of what is not recorded, nothing more is known.
      const { name, kind, startTime, links, parentSpanContext } = span as unknown as Partial<ReadableSpan>;
      const isRecording = span.isRecording();
      return { isRecording, state: traceState?.serialize(), ...ids, name, kind, startTime, links, parentSpanContext };
    }),
  );
}

describe('ObservationTracer', () => {
  it.each(SAMPLERS)('starts to the letter what the SDK starts when it keeps %s', (_, sampler) => {
    const recorderFor = (head: ObservationTracer): Tracer =>
      new TracerProvider({ sampler: head, idGenerator: head }).getTracer('spec');
    const sdk = new TracerProvider({ sampler, idGenerator: counted() }).getTracer('spec');
    expect(started(new ObservationTracer(sampler, counted(), recorderFor))).toEqual(started(sdk));
  });
});
