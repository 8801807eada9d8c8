import { DeliveryQueue, type LedgerSnapshot, RetryableError } from '#delivery';
import type { AuditEntry } from './audit-record.js';
import type { AuditPage, AuditQuery, AuditStore, SqlTransaction } from './audit-store.js';
import { AuditUnavailable } from './audit-unavailable.js';

export interface AuditWriterOptions {
  readonly openStore: () => Promise<AuditStore>;
  readonly onError: (error: unknown) => void;
  readonly maxQueued: number;
  readonly strictTimeoutMs: number;
}

const MAX_QUEUED_BYTES = 64 * 1_024 * 1_024;
const FLUSH_INTERVAL_MS = 20;
/** Only a full queue and the end of the process lose a record, and both are counted. */
const FOREVER = 2_147_483_647;

/** Brings entries to the store: at once for those who wait, through a bounded and counted queue for the others. */
export class AuditWriter {
  readonly #options: AuditWriterOptions;
  readonly #queue: DeliveryQueue<AuditEntry>;
  #opening: Promise<AuditStore> | undefined;

  constructor(options: AuditWriterOptions) {
    this.#options = options;
    this.#queue = new DeliveryQueue<AuditEntry>({
      name: 'audit',
      maxItems: options.maxQueued,
      maxBytes: MAX_QUEUED_BYTES,
      sizeOf: (entry) => JSON.stringify(entry).length,
      flushIntervalMs: FLUSH_INTERVAL_MS,
      // A store that hangs would otherwise get the same entries again while it still writes them.
      deadlineMs: FOREVER,
      maxAttempts: FOREVER,
      send: (entries) => this.#append(entries),
      onTrouble: ({ error, reason }) => options.onError(error ?? new Error(`an audit record was dropped: ${reason}`)),
    });
  }

  get ledger(): LedgerSnapshot {
    return this.#queue.ledger.snapshot();
  }

  /** The store, opened by whoever needs it first; a failure is not remembered. */
  store(): Promise<AuditStore> {
    this.#opening ??= this.#options.openStore().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** Whether records can be part of a transaction of the business. */
  async isTransactional(): Promise<boolean> {
    try {
      return (await this.store()).transactional;
    } catch (cause) {
      this.#options.onError(cause);
      throw new AuditUnavailable('transaction', 'undone', cause);
    }
  }

  async find(query: AuditQuery): Promise<AuditPage> {
    return (await this.store()).find(query);
  }

  /** Leaves an entry to be written soon; never throws and never waits. */
  later(entry: AuditEntry): void {
    this.#queue.offer(entry);
  }

  /** Writes an entry and resolves once it is durable, or refuses in time. */
  async now(entry: AuditEntry): Promise<void> {
    const { ledger } = this.#queue;
    ledger.produce();
    const writing = this.store().then((store) => store.append([entry]));
    // What the store takes only after nobody waits for it any more is written all the same.
    void writing.then(
      () => ledger.deliver(),
      () => ledger.drop('refused'),
    );
    try {
      await this.#inTime(writing);
    } catch (cause) {
      this.#options.onError(cause);
      throw new AuditUnavailable(entry.event, 'possible', cause);
    }
  }

  /** Writes entries as part of a transaction; a failure is the transaction's end. */
  async within(transaction: SqlTransaction, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { ledger } = this.#queue;
    ledger.produce(entries.length);
    try {
      await (await this.store()).append(entries, transaction);
      ledger.deliver(entries.length);
    } catch (cause) {
      ledger.drop('refused', entries.length);
      this.#options.onError(cause);
      throw new AuditUnavailable(entries[0]!.event, 'undone', cause);
    }
  }

  /** Writes what waits, as far as the deadline lets it, and lets go of the store. */
  async close(deadlineMs: number): Promise<void> {
    await this.#queue.close(deadlineMs);
    await (await this.#opening?.catch(() => undefined))?.close();
  }

  async #append(entries: readonly AuditEntry[]): Promise<void> {
    try {
      await (await this.store()).append(entries);
    } catch (cause) {
      throw new RetryableError('the audit store took nothing', { cause });
    }
  }

  async #inTime(work: Promise<void>): Promise<void> {
    const { strictTimeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${strictTimeoutMs} ms`)), strictTimeoutMs);
    });
    try {
      await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
