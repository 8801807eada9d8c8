import type { Pool } from 'pg';
import type { AuditEntry, AuditRecord } from '../audit-record.js';
import type { AuditPage, AuditQuery, AuditStore, SqlTransaction } from '../audit-store.js';
import { canonicalForm } from '../canonical-form.js';
import { pageOf } from '../record-match.js';
import { inTransaction, openPool, withConnection } from './postgres/database-pool.js';
import { logQuery } from './postgres/log-query.js';
import { OutboxSealer } from './postgres/outbox-sealer.js';

export interface PostgresStoreOptions {
  readonly url: string;
  /** The chain that the records belong to; all processes of a service share it. */
  readonly stream: string;
  readonly sealIntervalMs: number;
  readonly onError: (error: unknown) => void;
}

const INTO_OUTBOX = `
  insert into audit_outbox (stream, id, entry)
  select $1, id, entry from unnest($2::uuid[], $3::text[]) with ordinality as given (id, entry, place) order by place
  on conflict (id) do nothing`;

/**
 * Keeps records in PostgreSQL: first in an outbox, where a transaction of the business can put them as part of itself,
 * then chained in a log. What comes twice under one id is kept once.
 */
export class PostgresStore implements AuditStore {
  readonly transactional = true;

  private constructor(
    private readonly stream: string,
    private readonly pool: Pool,
    private readonly sealer: OutboxSealer,
  ) {}

  static async open({ url, stream, sealIntervalMs, onError }: PostgresStoreOptions): Promise<PostgresStore> {
    const pool = await openPool(url, onError);
    try {
      await check(pool);
    } catch (error) {
      await pool.end();
      throw error;
    }
    const sealer = new OutboxSealer(pool, stream, onError);
    sealer.start(sealIntervalMs);
    return new PostgresStore(stream, pool, sealer);
  }

  async append(entries: readonly AuditEntry[], transaction?: SqlTransaction): Promise<void> {
    const values = [this.stream, entries.map(({ id }) => id), entries.map((entry) => canonicalForm(entry))];
    if (transaction === undefined) {
      await inTransaction(this.pool, (client) => client.query(INTO_OUTBOX, values));
      return;
    }
    // A database that acknowledges before it has written would lose change and record alike.
    await transaction.query('set local synchronous_commit = on');
    await transaction.query(INTO_OUTBOX, values);
  }

  async find(query: AuditQuery): Promise<AuditPage> {
    await this.sealer.sealNow();
    const { text, values } = logQuery(this.stream, query);
    const { rows } = await withConnection(this.pool, (client) =>
      client.query<{ record: string; hash: string }>(text, values),
    );
    const found = rows.map(({ record, hash }) => ({ record: JSON.parse(record) as AuditRecord, hash }));
    return pageOf(found, query.limit);
  }

  async close(): Promise<void> {
    await this.sealer.stop();
    await this.pool.end();
  }
}

async function check(pool: Pool): Promise<void> {
  const { rows } = await withConnection(pool, (client) =>
    client.query<{ fsync: string; pages: string; outbox: string | null; log: string | null }>(
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
       to_regclass('audit_outbox') as outbox, to_regclass('audit_log') as log`,
    ),
  ).catch((cause: Error) => {
    throw new Error(`AuditModule: ${cause.message}. Start it, or mend audit.postgres.url.`, { cause });
  });
  const { fsync, pages, outbox, log } = rows[0]!;
  if (fsync !== 'on' || pages !== 'on') {
    throw new Error(
      `AuditModule: the database has fsync ${fsync} and full_page_writes ${pages}, so it can lose what it acknowledged. Switch both on.`,
    );
  }
  if (outbox === null || log === null) {
    throw new Error(
      'AuditModule: the database has no tables audit_outbox and audit_log. Run the statements of AUDIT_TABLES.up in a migration.',
    );
  }
}
