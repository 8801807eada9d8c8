import { Injectable } from '@nestjs/common';
import {
  type Attributes,
  context as activeContext,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import type { LedgerSnapshot } from '#delivery';
import { currentFrame, Frame, runInFrame } from '#observation';
import { TRACING_SCOPE } from './observation-scope.js';
import type { PropagationCounts } from './propagation/propagation-counts.js';
import type { RecentPage, RecentQuery } from './recent-observations.js';
import type { TracingParts } from './start-tracing.js';

export interface TraceOptions {
  /** @default {} */
  readonly attributes?: Attributes;
  /** @default SpanKind.INTERNAL */
  readonly kind?: SpanKind;
}

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Makes spans by hand, and says under which ids the running code is traced. With tracing off it does the work alone. */
@Injectable()
export class Tracing {
  constructor(private readonly parts?: TracingParts) {}

  get enabled(): boolean {
    return this.parts !== undefined;
  }

  /** Does the work, which may return a promise, inside of a span of that name. */
  trace<T>(name: string, work: (span: Span) => T, { attributes, kind = SpanKind.INTERNAL }: TraceOptions = {}): T {
    if (this.parts === undefined) return work(NO_SPAN);
    const { app, traces } = this.parts;
    const context = activeContext.active();
    const span = traces.providerFor(context).getTracer(TRACING_SCOPE).startSpan(name, { attributes, kind }, context);
    const here = currentFrame();
    const frame = new Frame(app, here?.observation, trace.setSpan(context, span), here?.suppressed);
    return this.#follow(span, () => runInFrame(frame, () => work(span)));
  }

  /** The id of the current trace; absent outside of one. */
  currentTraceId(): string | undefined {
    return trace.getActiveSpan()?.spanContext().traceId;
  }

  /** The id of the current span; absent outside of one. */
  currentSpanId(): string | undefined {
    return trace.getActiveSpan()?.spanContext().spanId;
  }

  /** What finished last, as `GET /observations` shows it. */
  recent(query: Partial<RecentQuery> = {}): RecentPage {
    return this.parts?.traces.recent.list({ limit: 100, ...query }) ?? { items: [] };
  }

  /** What went wrong with the trace headers of this service and its neighbours, since the start. */
  propagation(): Readonly<PropagationCounts> | undefined {
    return this.parts?.traces.propagator.counts;
  }

  /** What became of the spans, by destination. */
  deliveries(): LedgerSnapshot[] {
    return this.parts?.traces.deliveries.map(({ queue }) => queue.ledger.snapshot()) ?? [];
  }

  #follow<T>(span: Span, work: () => T): T {
    const fail = (error: unknown): never => {
      this.parts!.errors.fail(span, error);
      span.end();
      throw error;
    };
    let result: T;
    try {
      result = work();
    } catch (error) {
      return fail(error);
    }
    if (result instanceof Promise) {
      const end = (value: unknown): unknown => {
        span.end();
        return value;
      };
      return result.then(end, fail) as T;
    }
    span.end();
    return result;
  }
}
