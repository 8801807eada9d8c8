import { currentObservation, type MethodObservation, type Observation, type TraceIds } from '#observation';

/** What a sample can say of its trace: the two ids that OpenTelemetry names, short enough for OpenMetrics. */
export type ExemplarLabels = { trace_id: string; span_id: string };

const SAMPLED = 1;

/** Finds the trace that an observation belongs to, if that trace is kept anywhere. */
export class ExemplarSource {
  readonly #surrounding = new WeakMap<MethodObservation, TraceIds>();

  /** Notes the trace in which a method was called, for methods that have no span of their own. */
  started(observation: MethodObservation): void {
    const caller = currentObservation();
    const trace = caller && this.#traceOf(caller);
    if (trace !== undefined) this.#surrounding.set(observation, trace);
  }

  of(observation: Observation): ExemplarLabels | undefined {
    const trace = this.#traceOf(observation);
    if (trace === undefined || (trace.traceFlags & SAMPLED) === 0) return undefined;
    return { trace_id: trace.traceId, span_id: trace.spanId };
  }

  #traceOf(observation: Observation): TraceIds | undefined {
    return observation.trace ?? this.#surrounding.get(observation as MethodObservation);
  }
}
