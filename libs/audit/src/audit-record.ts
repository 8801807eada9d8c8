/** How an audited action ended: `denied` when somebody was not allowed to, `unknown` when nobody can tell. */
export type AuditOutcome = 'success' | 'failure' | 'denied' | 'unknown';

/** Who acted: the verified principal, or `anonymous` where there was none. */
export interface AuditActor {
  readonly id: string;
  readonly type: 'user' | 'service' | 'system';
}

/** What was acted upon. */
export interface AuditTarget {
  readonly type: string;
  readonly id: string;
}

/** What a change did, as a JSON patch (RFC 6902) from the state before to the state after. */
export interface AuditChange {
  readonly format: 'json-patch';
  readonly patch: readonly object[];
  /** The patch was too large and is left out. */
  readonly truncated?: true;
}

/** The request that the action was part of, and what was captured of the call. */
export interface AuditRequest {
  readonly level: 'Metadata' | 'Request' | 'RequestResponse';
  readonly transport: 'http' | 'job';
  readonly id?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly ip?: string;
  readonly userAgent?: string;
  readonly durationMs?: number;
  /** The arguments of the call, redacted. */
  readonly body?: object;
  /** The result of the call, redacted. */
  readonly response?: object;
  /** Something that was captured was too large and is left out. */
  readonly truncated?: true;
}

/** One audited action before it has a place in a chain. */
export interface AuditEntry {
  readonly schema: 'audit.record/1';
  /** A UUID, chosen once when the action began; whatever comes twice under one id is one action. */
  readonly id: string;
  /** When it happened, in UTC with milliseconds. */
  readonly time: string;
  /** When it was written down. */
  readonly observedTime: string;
  readonly stage: 'complete';
  /** What was done, `order.cancel`. */
  readonly event: string;
  /** The verb of it, `CANCEL`. */
  readonly action: string;
  readonly outcome: AuditOutcome;
  readonly reason?: string;
  readonly errorType?: string;
  readonly actor: AuditActor;
  readonly targets: readonly AuditTarget[];
  readonly change?: AuditChange;
  readonly request?: AuditRequest;
  readonly trace?: { readonly traceId: string; readonly spanId: string; readonly sampled: boolean };
  readonly service: {
    readonly name: string;
    readonly version: string;
    readonly instance: string;
    readonly env: string;
  };
  /** Why somebody did it, in their own words. */
  readonly comment?: string;
}

/** One audited action with its place in a chain of records, each of which holds the hash of the one before. */
export interface AuditRecord extends AuditEntry {
  /** The chain that it belongs to. */
  readonly stream: string;
  /** Its place in the chain, from 1 and without gaps. */
  readonly seq: number;
  /** Hash and id of the record before; absent in the first one. */
  readonly prevHash?: string;
  readonly prevId?: string;
}

/** A record as it is kept. */
export interface StoredAudit {
  readonly record: AuditRecord;
  /** SHA-256 over the RFC 8785 bytes of the record, in hex. */
  readonly hash: string;
}
