import { isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api';

const LONG_TRACE_ID = 32;

/** The caller's span in the form that OpenTelemetry knows, or nothing when an id is all zeros. */
export function remoteSpan(traceId: string, spanId: string, sampled: boolean): SpanContext | undefined {
  const context: SpanContext = {
    // B3 knows trace ids of half the length.
    traceId: traceId.padStart(LONG_TRACE_ID, '0'),
    spanId,
    // No other flag is taken over: OpenTelemetry's own propagator would write them back as a header that is invalid.
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  };
  return isSpanContextValid(context) ? context : undefined;
}
