import type { AuditOutcome } from './audit-record.js';
import type { AuditedTarget } from './audited.decorator.js';

/** An action that code records itself, because it is no call of one method. */
export interface AuditEvent {
  /** What was done, in dotted words such as `order.archive`; the last one is the verb. */
  readonly action: string;
  /** @default 'success' */
  readonly outcome?: AuditOutcome;
  /** @default the verified principal of the current request, otherwise `anonymous` */
  readonly actor?: { readonly id: string; readonly type?: string };
  readonly target?: AuditedTarget | readonly AuditedTarget[];
  /** The states before and after; their difference is recorded, redacted. */
  readonly change?: { readonly before: unknown; readonly after: unknown };
  /** Why it ended as it did. */
  readonly reason?: string;
  /** Why somebody did it, in their own words. */
  readonly comment?: string;
  /**
   * `'strict'` resolves once the record is durable, and rejects with `AuditUnavailable` if that fails.
   * @default `mode` of AuditOptions
   */
  readonly mode?: 'async' | 'strict';
}
