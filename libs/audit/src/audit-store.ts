import type { AuditEntry, AuditOutcome, StoredAudit } from './audit-record.js';

/** Which records are looked for; everything that is given has to match. */
export interface AuditQuery {
  readonly id?: string;
  readonly actor?: string;
  /** The id of a target, or its type and id as `order:17`. */
  readonly target?: string;
  /** The event, `order.cancel`, or its verb, `CANCEL`. */
  readonly action?: string;
  readonly outcome?: AuditOutcome;
  /** The earliest time, as RFC 3339 in UTC. */
  readonly from?: string;
  /** The time before which it happened. */
  readonly to?: string;
  /** Only records before this place in the chain; the `next` of the page before. */
  readonly before?: number;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly items: readonly StoredAudit[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

/** A transaction of the business that runs SQL. */
export type SqlTransaction = { query(sql: string, parameters?: unknown[]): Promise<unknown> };

/** Keeps audit records for good, chained to each other. */
export interface AuditStore {
  /** Whether `append` can write within a transaction of the business. */
  readonly transactional: boolean;
  /**
   * Writes entries down in order, and resolves when they are durable; within a transaction, when they will be by its
   * COMMIT. An id that is there already is not written again.
   */
  append(entries: readonly AuditEntry[], transaction?: SqlTransaction): Promise<void>;
  /** Looks records up, newest first. */
  find(query: AuditQuery): Promise<AuditPage>;
  close(): Promise<void>;
}
