import type { Outcome } from './outcome.js';

/** The ids under which every signal tells of one observation; lower-case hex as W3C trace context writes them. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly parentSpanId?: string;
}

/** Who acts, taken from the verified principal and never from a header. */
export interface Actor {
  readonly id: string;
  readonly type?: string;
}

/** Read once: it never changes, and Node looks at the clock's own object each time it is asked. */
const TIME_ORIGIN_MS = performance.timeOrigin;

/**
 * One thing that was done: when it started, how long it took, how it ended and under which ids.
 * Facts of few values (route, method, status) are fields of their own on the subclasses, apart from facts of many
 * values (paths, ids), so that a metric label cannot be a user id by accident.
 */
export abstract class BaseObservation {
  /** Where the start stands on the monotonic clock of `performance.now()`, in milliseconds. */
  readonly startMark = performance.now();
  /** Milliseconds from start to stop; absent while it goes on. */
  durationMs?: number;
  outcome?: Outcome;
  /** What was thrown; of a request, unless a filter on its handler or class took it. */
  error?: unknown;
  /** Present while tracing is on. */
  trace?: TraceIds;
  /** The OpenTelemetry context in which this observation's work runs; opaque to everything but tracing. */
  context: unknown;

  /** Start as milliseconds since the Unix epoch, with fractions. */
  get startTimeMs(): number {
    return TIME_ORIGIN_MS + this.startMark;
  }
}

/** The class name of an error, or of the value that was thrown instead of one. */
export function errorType(error: unknown): string {
  if (error instanceof Error) return error.constructor.name || error.name;
  return error === null ? 'null' : typeof error;
}
