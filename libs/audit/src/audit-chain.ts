import type { AuditEntry, AuditRecord, StoredAudit } from './audit-record.js';
import { canonicalForm, hashOf } from './canonical-form.js';

/** The last record of a chain, as far as the next one has to know it. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
  readonly id: string;
}

/** A record with its hash, and the very text that was hashed. */
export interface SealedRecord extends StoredAudit {
  readonly canonical: string;
}

/** Gives entries their places in one chain: whoever changes one record afterwards breaks the next one's hash. */
export class AuditChain {
  constructor(
    readonly stream: string,
    public head?: ChainHead,
  ) {}

  seal(entry: AuditEntry): SealedRecord {
    const { head, stream } = this;
    const place = head === undefined ? { seq: 1 } : { seq: head.seq + 1, prevHash: head.hash, prevId: head.id };
    const record: AuditRecord = { ...entry, stream, ...place };
    const canonical = canonicalForm(record);
    const hash = hashOf(canonical);
    this.head = { seq: record.seq, hash, id: record.id };
    return { record, hash, canonical };
  }
}
