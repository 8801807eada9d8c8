import { AuditChain } from '../audit-chain.js';
import type { AuditEntry, StoredAudit } from '../audit-record.js';
import type { AuditPage, AuditQuery, AuditStore } from '../audit-store.js';
import { matches, pageOf } from '../record-match.js';

/** Keeps records as long as the process lives: for tests. */
export class MemoryStore implements AuditStore {
  readonly transactional = false;
  /** Oldest first. */
  readonly records: StoredAudit[] = [];
  readonly #chain: AuditChain;

  constructor(stream = 'memory') {
    this.#chain = new AuditChain(stream);
  }

  async append(entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) {
      const { record, hash } = this.#chain.seal(entry);
      this.records.push({ record, hash });
    }
  }

  async find(query: AuditQuery): Promise<AuditPage> {
    const found = this.records.toReversed().filter(({ record }) => matches(record, query));
    return pageOf(found, query.limit);
  }

  async close(): Promise<void> {}
}
