import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanForm } from './span-form.js';

/** Where finished spans are sent, in which form ever they have waited. */
export interface SpanDestination<Form = ReadableSpan> {
  /** A short lower-case word that tells this way out from the others. */
  readonly name: string;
  /** How long one sending may take from start to end. */
  readonly deadlineMs: number;
  /**
   * The form in which it takes spans.
   * @default the span itself
   */
  readonly form?: SpanForm<Form>;
  /**
   * Sends a batch and resolves when it has arrived. Rejecting with a `RetryableError` asks for another attempt; when the
   * signal aborts, nobody waits any more, and sockets are to be let go.
   */
  send(spans: readonly Form[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
