import type { SpanContext, TraceState as TraceStateType } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { remoteSpan } from './remote-span.js';

// W3C Trace Context level 2, section 3.2: lower case only; later versions may carry more behind a dash.
const VERSION_00 = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;
const LATER_VERSION = /^(?!00|ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;
const MAX_TRACEPARENT = 128;

const MAX_TRACESTATE = 512;
const MAX_TRACESTATE_MEMBERS = 32;

const SAMPLED = 1;

/** Reads a `traceparent`, or nothing when it does not follow the specification to the letter. */
export function parseTraceparent(header: string): SpanContext | undefined {
  if (header.length > MAX_TRACEPARENT) return undefined;
  const match = VERSION_00.exec(header) ?? LATER_VERSION.exec(header);
  if (match === null) return undefined;
  const [, traceId, spanId, flags] = match;
  return remoteSpan(traceId!, spanId!, (Number.parseInt(flags!, 16) & SAMPLED) !== 0);
}

export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & SAMPLED}`;
}

/** Reads a `tracestate`, or nothing when it has more than the specification lets anybody pass on. */
export function parseTracestate(header: string): TraceStateType | undefined {
  if (header.length > MAX_TRACESTATE) return undefined;
  if (header.split(',', MAX_TRACESTATE_MEMBERS + 1).length > MAX_TRACESTATE_MEMBERS) return undefined;
  return new TraceState(header);
}
