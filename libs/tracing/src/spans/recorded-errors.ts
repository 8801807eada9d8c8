import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { errorType } from '#observation';
import type { Scrubber } from '#redaction';

/** Puts errors on spans, without their secrets, and each error only on the innermost span that it passed through. */
export class RecordedErrors {
  readonly #seen = new WeakSet<object>();

  constructor(private readonly scrubber: Scrubber) {}

  /** Marks a span as failed by what was thrown. */
  fail(span: Span, error: unknown, atMs?: number): void {
    span.setAttribute('error.type', errorType(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    this.record(span, error, atMs);
  }

  record(span: Span, error: unknown, atMs?: number): void {
    if (typeof error === 'object' && error !== null) {
      if (this.#seen.has(error)) return;
      this.#seen.add(error);
    }
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    span.recordException(
      {
        name: errorType(error),
        message: this.scrubber.redactText(message),
        stack: stack === undefined ? undefined : this.scrubber.redactText(stack),
      },
      atMs,
    );
  }
}
