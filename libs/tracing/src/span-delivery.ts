import { ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { DeliveryQueue, type DeliveryTrouble } from '#delivery';
import { Frame, type Observations, runInFrame } from '#observation';
import type { SpanDestination } from './span-destination.js';
import { type SpanForm, WHOLE_SPAN } from './span-form.js';
import { within } from './within.js';

const FLUSH_DEADLINE_MS = 5_000;

const SHARE_OF_QUEUE = 0.9;

/**
 * Takes finished spans to one destination, through a bounded and counted queue. It stands where OpenTelemetry's
 * BatchSpanProcessor would, which exports concurrently under failure, has no total deadline and cannot count its losses.
 */
export class SpanDelivery implements SpanProcessor {
  readonly queue: DeliveryQueue<unknown>;
  readonly #form: SpanForm<unknown>;

  constructor(
    private readonly destination: SpanDestination<unknown>,
    private readonly app: Observations,
  ) {
    this.#form = destination.form ?? WHOLE_SPAN;
    // Whatever a destination calls on its way is the suite's own traffic, which nobody observes.
    const unobserved = new Frame(app, undefined, suppressTracing(ROOT_CONTEXT), true);
    this.queue = new DeliveryQueue({
      name: `spans_${destination.name}`,
      deadlineMs: destination.deadlineMs,
      sizeOf: (form) => this.#form.sizeOf(form),
      send: (spans, signal) => runInFrame(unobserved, () => destination.send(spans, signal)),
      onTrouble: (trouble) => this.#tell(trouble),
    });
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) this.queue.offer(this.#form.of(span));
  }

  forceFlush(): Promise<void> {
    return this.queue.flush(FLUSH_DEADLINE_MS);
  }

  shutdown(): Promise<void> {
    return this.close(FLUSH_DEADLINE_MS);
  }

  /** Sends what is left and lets go of the destination, within the deadline. */
  async close(deadlineMs: number): Promise<void> {
    await this.queue.close(deadlineMs * SHARE_OF_QUEUE);
    await within(deadlineMs * (1 - SHARE_OF_QUEUE), this.destination.close());
  }

  #tell({ pipe, reason, items, willRetry, error }: DeliveryTrouble): void {
    const fate = willRetry ? 'will be sent again' : 'are lost';
    this.app.internalErrors.record(`tracing.${pipe}`, new Error(`${items} spans ${fate}: ${reason}`, { cause: error }));
  }
}
