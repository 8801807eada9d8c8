import type { HttpServerObservation, TraceIds } from '#observation';
import type { AuditOutcome } from './audit-record.js';
import type { AuditedTarget } from './audited.decorator.js';

/** What is known of one action before it is redacted, bounded and written down. */
export interface AuditFacts {
  readonly id: string;
  /** What was done, `order.cancel`. */
  readonly event: string;
  readonly startTimeMs: number;
  readonly outcome: AuditOutcome;
  readonly error?: unknown;
  readonly reason?: string;
  readonly comment?: string;
  readonly actor?: { readonly id: string; readonly type?: string };
  readonly target?: AuditedTarget | readonly AuditedTarget[];
  readonly change?: { readonly before: unknown; readonly after: unknown };
  readonly request?: HttpServerObservation;
  readonly trace?: TraceIds;
  readonly captured?: { readonly args?: readonly unknown[]; readonly result?: unknown };
}
