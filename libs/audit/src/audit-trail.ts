import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { LedgerSnapshot } from '#delivery';
import { currentObservation, currentRequest } from '#observation';
import type { AuditEvent } from './audit-event.js';
import type { AuditFacts } from './audit-facts.js';
import type { AuditedCalls } from './audited-calls.js';
import type { AuditPage, AuditQuery, SqlTransaction } from './audit-store.js';
import type { AuditWriter } from './audit-writer.js';
import { type BusinessDataSource, BusinessTransaction } from './business-transaction.js';
import type { EntryComposer } from './entry-composer.js';
import { uuidV7 } from './uuid-v7.js';

/** What a trail is made of while audit is on. */
export interface AuditTrailParts {
  readonly writer: AuditWriter;
  readonly composer: EntryComposer;
  readonly calls: AuditedCalls;
  readonly mode: 'async' | 'strict';
}

/** Who did what to what and how it ended: written once, never changed, and found again. */
@Injectable()
export class AuditTrail {
  readonly #transactions = new AsyncLocalStorage<BusinessTransaction>();

  /** Without parts, which is when audit is off, nothing is recorded and nothing is found. */
  constructor(private readonly parts?: AuditTrailParts) {}

  /** Records an action that is no call of one method, and gives the id of its record. */
  async record({ action, outcome = 'success', mode, ...rest }: AuditEvent): Promise<string> {
    const startTimeMs = performance.timeOrigin + performance.now();
    const id = uuidV7(startTimeMs);
    const facts = { ...rest, id, event: action, outcome, startTimeMs, request: currentRequest() };
    await this.keep(facts, mode);
    return id;
  }

  /** Looks records up, newest first. */
  async find(query: Partial<AuditQuery> = {}): Promise<AuditPage> {
    return (await this.parts?.writer.find({ limit: 100, ...query })) ?? { items: [] };
  }

  /**
   * Opens a transaction of the business and writes the record of the audited call around it just before the COMMIT: the
   * change and its record become durable together, or not at all. Inside another such transaction it joins that one.
   */
  async transaction<T, D extends BusinessDataSource<any>>(
    dataSource: D,
    work: (manager: D['manager']) => Promise<T>,
  ): Promise<T> {
    const around = this.#transactions.getStore();
    if (around?.isOpenOn(dataSource)) return work(around.manager);
    const { parts } = this;
    if (parts === undefined || !(await parts.writer.isTransactional())) return dataSource.transaction(work);
    const open = new BusinessTransaction(dataSource, parts.calls.claim(currentObservation()));
    try {
      const result = await dataSource.transaction(async (manager: SqlTransaction) => {
        open.manager = manager;
        const done = await this.#transactions.run(open, () => work(manager));
        const entries = open.close(done).map((facts) => parts.composer.compose(facts));
        await parts.writer.within(manager, entries);
        open.written();
        return done;
      });
      open.committed();
      return result;
    } catch (error) {
      for (const facts of open.failed(error)) void this.keep(facts, 'async');
      throw error;
    }
  }

  /** Writes down what is known of an action; in strict mode the promise that is given tells when that is done. */
  keep(facts: AuditFacts, mode = this.parts?.mode): Promise<void> | undefined {
    const { parts } = this;
    if (parts === undefined || this.#transactions.getStore()?.take(facts)) return undefined;
    const entry = parts.composer.compose(facts);
    if (mode === 'strict') return parts.writer.now(entry);
    parts.writer.later(entry);
    return undefined;
  }

  /** What became of all records since the start. */
  deliveries(): LedgerSnapshot[] {
    return this.parts === undefined ? [] : [this.parts.writer.ledger];
  }
}
