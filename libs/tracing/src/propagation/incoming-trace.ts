import type { SpanContext } from '@opentelemetry/api';
import { type B3, hasMultiB3, type Header, parseMultiB3, parseSingleB3 } from './b3.js';
import type { PropagationCounts } from './propagation-counts.js';
import { parseTraceparent, parseTracestate } from './trace-context.js';

/** What the headers of a request say about the trace that it belongs to. */
export interface IncomingTrace {
  /** The caller's span. */
  readonly parent?: SpanContext;
  /** What a caller asks for that names no span. */
  readonly sampled?: boolean;
  /** B3's demand to keep the trace whatever the samplers say. */
  readonly debug: boolean;
}

const NOTHING: IncomingTrace = { debug: false };

/** Reads W3C and B3 headers, W3C's first; what does not follow its specification is ignored and counted. */
export function readIncomingTrace(header: Header, counts: PropagationCounts): IncomingTrace {
  const w3c = readTraceContext(header, counts);
  const b3 = readB3(header, counts);
  if (w3c === undefined) return b3 === undefined ? NOTHING : { parent: b3.span, sampled: b3.sampled, debug: b3.debug };
  if (b3?.span !== undefined && b3.span.traceId !== w3c.traceId) counts.conflicts += 1;
  return { parent: w3c, debug: false };
}

function readTraceContext(header: Header, counts: PropagationCounts): SpanContext | undefined {
  const traceparent = header('traceparent');
  if (traceparent === undefined) return undefined;
  const parent = parseTraceparent(traceparent);
  if (parent === undefined) {
    counts.malformed += 1;
    return undefined;
  }
  const tracestate = header('tracestate');
  if (tracestate === undefined || tracestate === '') return parent;
  const traceState = parseTracestate(tracestate);
  if (traceState === undefined) counts.malformed += 1;
  else parent.traceState = traceState;
  return parent;
}

/** The single header wins over the many. */
function readB3(header: Header, counts: PropagationCounts): B3 | undefined {
  const single = header('b3');
  if (single !== undefined) {
    const b3 = parseSingleB3(single);
    if (b3 !== undefined) return b3;
    counts.malformed += 1;
  }
  if (!hasMultiB3(header)) return undefined;
  const b3 = parseMultiB3(header);
  if (b3 === undefined) counts.malformed += 1;
  return b3;
}
