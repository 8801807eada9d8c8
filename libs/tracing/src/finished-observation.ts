import { SpanKind } from '@opentelemetry/api';
import type { Outcome } from '#observation';

export type FinishedKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export const FINISHED_KINDS: Readonly<Record<SpanKind, FinishedKind>> = {
  [SpanKind.INTERNAL]: 'internal',
  [SpanKind.SERVER]: 'server',
  [SpanKind.CLIENT]: 'client',
  [SpanKind.PRODUCER]: 'producer',
  [SpanKind.CONSUMER]: 'consumer',
};

/** What is remembered of something that has ended: plain data, which keeps no request or argument alive. */
export interface FinishedObservation {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: FinishedKind;
  /** Milliseconds since the Unix epoch. */
  readonly startTimeMs: number;
  readonly durationMs: number;
  readonly outcome: Outcome;
  readonly errorType?: string;
  /** A few facts under their OpenTelemetry names; those that are undefined are not shown. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
}
