import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** Where finished spans are sent. */
export interface SpanDestination {
  /** A short lower-case word that tells this way out from the others. */
  readonly name: string;
  /** How long one sending may take from start to end. */
  readonly deadlineMs: number;
  /**
   * Sends a batch and resolves when it has arrived. Rejecting with a `RetryableError` asks for another attempt; when the
   * signal aborts, nobody waits any more, and sockets are to be let go.
   */
  send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
