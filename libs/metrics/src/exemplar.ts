import type { Observation } from '#observation';

/** What a sample can say of its trace: the two ids that OpenTelemetry names, short enough for OpenMetrics. */
export type ExemplarLabels = { trace_id: string; span_id: string };

const SAMPLED = 1;

/** Finds the trace that an observation belongs to, if that trace is kept anywhere. */
export function exemplarOf(observation: Observation): ExemplarLabels | undefined {
  let one: Observation | undefined = observation;
  // A method that has no span of its own belongs to the trace in which it was called.
  while (one?.kind === 'method' && one.trace === undefined) one = one.outer;
  const trace = one?.trace;
  if (trace === undefined || (trace.traceFlags & SAMPLED) === 0) return undefined;
  return { trace_id: trace.traceId, span_id: trace.spanId };
}
