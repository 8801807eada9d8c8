import type { SpanContext } from '@opentelemetry/api';
import { remoteSpan } from './remote-span.js';

/** What B3 headers say: a span, or only whether to sample. */
export interface B3 {
  readonly span?: SpanContext;
  readonly sampled?: boolean;
  /** The trace is to be kept whatever the samplers say. */
  readonly debug: boolean;
}

/** A header by its lower-case name. */
export type Header = (name: string) => string | undefined;

// openzipkin/b3-propagation. Anchored: OpenTelemetry's own pattern also finds an id inside of anything longer.
const TRACE_ID = /^(?:[\da-f]{16}|[\da-f]{32})$/i;
const SPAN_ID = /^[\da-f]{16}$/i;
const STATE = /^[01d]$/;
const SINGLE = /^([\da-f]{16}|[\da-f]{32})-([\da-f]{16})(?:-([01d])(?:-[\da-f]{16})?)?$/i;
const MAX_SINGLE = 68;
const MULTI = ['x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled', 'x-b3-flags'];

const SAMPLED: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** Reads the header `b3`, or nothing when it does not follow the specification. */
export function parseSingleB3(header: string): B3 | undefined {
  if (header.length > MAX_SINGLE) return undefined;
  if (STATE.test(header)) return { sampled: header !== '0', debug: header === 'd' };
  const match = SINGLE.exec(header.toLowerCase());
  if (match === null) return undefined;
  const [, traceId, spanId, state] = match;
  return withSpan(traceId!, spanId!, state === undefined ? undefined : state !== '0', state === 'd');
}

/** Whether any of the `X-B3-*` headers is there. */
export function hasMultiB3(header: Header): boolean {
  for (const name of MULTI) if (header(name) !== undefined) return true;
  return false;
}

/** Reads the headers `X-B3-*`, or nothing when any of them does not follow the specification. */
export function parseMultiB3(header: Header): B3 | undefined {
  const traceId = header('x-b3-traceid');
  const spanId = header('x-b3-spanid');
  const sampledText = header('x-b3-sampled');
  const flags = header('x-b3-flags') ?? '0';
  const sampled = sampledText === undefined ? undefined : SAMPLED.get(sampledText.toLowerCase());
  if (sampledText !== undefined && sampled === undefined) return undefined;
  if (flags !== '0' && flags !== '1') return undefined;
  const debug = flags === '1';
  if (traceId === undefined && spanId === undefined) return { sampled: debug || sampled, debug };
  if (!TRACE_ID.test(traceId ?? '') || !SPAN_ID.test(spanId ?? '')) return undefined;
  return withSpan(traceId!.toLowerCase(), spanId!.toLowerCase(), debug || sampled, debug);
}

/** A caller that leaves the decision to us began a trace all the same, which is worth keeping whole: sampled. */
function withSpan(traceId: string, spanId: string, sampled: boolean | undefined, debug: boolean): B3 | undefined {
  const span = remoteSpan(traceId, spanId, sampled ?? true);
  return span && { span, sampled, debug };
}
