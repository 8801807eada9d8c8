import {
  type Context,
  isSpanContextValid,
  type Link,
  type Span,
  type SpanKind,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import { type IdGenerator, type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';

const NO_ATTRIBUTES = Object.freeze({});
const NO_LINKS: Link[] = [];

/** What is known of a span when it starts. */
export interface SpanStart {
  readonly kind: SpanKind;
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly startTimeMs: number;
  readonly links?: Link[];
}

/**
 * Starts the spans of observations. It asks the sampler itself and leaves to the SDK only what is to be recorded: a span
 * that nobody keeps needs its ids and none of the rest. To the SDK it is the sampler and the source of ids.
 */
export class ObservationTracer implements Sampler, IdGenerator {
  readonly #recorder: Tracer | undefined;
  #decided: SamplingResult = { decision: SamplingDecision.NOT_RECORD };
  #traceId = '';

  /** `recorderFor` gives the SDK's tracer that makes what is recorded; without it nothing ever is. */
  constructor(
    private readonly sampler: Sampler,
    private readonly ids: IdGenerator,
    recorderFor?: (head: ObservationTracer) => Tracer,
  ) {
    this.#recorder = recorderFor?.(this);
  }

  startSpan(name: string, { kind, startTimeMs, links = NO_LINKS }: SpanStart, context: Context): Span {
    const caller = trace.getSpanContext(context);
    const parent = caller !== undefined && isSpanContextValid(caller) ? caller : undefined;
    const traceId = parent?.traceId ?? this.ids.generateTraceId();
    const decided = this.sampler.shouldSample(context, traceId, name, kind, NO_ATTRIBUTES, links);
    if (decided.decision === SamplingDecision.NOT_RECORD || this.#recorder === undefined) {
      const traceState = decided.traceState ?? parent?.traceState;
      return trace.wrapSpanContext({
        traceId,
        spanId: this.ids.generateSpanId(),
        traceFlags: TraceFlags.NONE,
        traceState,
      });
    }
    this.#decided = decided;
    this.#traceId = traceId;
    return this.#recorder.startSpan(name, { kind, links, startTime: millisToHrTime(startTimeMs) }, context);
  }

  shouldSample(): SamplingResult {
    return this.#decided;
  }

  generateTraceId(): string {
    return this.#traceId;
  }

  generateSpanId(): string {
    return this.ids.generateSpanId();
  }
}
