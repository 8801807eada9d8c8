import type { Pool, PoolClient } from 'pg';
import { AuditChain, type ChainHead } from '../../audit-chain.js';
import type { AuditEntry } from '../../audit-record.js';
import { inTransaction, withConnection } from './database-pool.js';

const MAX_BATCH = 500;
/** The first half of the advisory lock of a stream; any number that nobody else uses. */
const LOCK_SPACE = 0x61756474;

interface OutboxRow {
  readonly place: string;
  readonly id: string;
  readonly entry: string;
}

/** Moves what was committed from the outbox into the chain; of all processes of a service one does so at a time. */
export class OutboxSealer {
  #sealing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly stream: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(intervalMs: number): void {
    this.#timer = setInterval(() => void this.seal().catch(this.onError), intervalMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.sealNow().catch(this.onError);
  }

  /** Seals all that was committed before it was asked. */
  async sealNow(): Promise<void> {
    // The round that is under way may have looked too early.
    await this.#sealing?.catch(() => undefined);
    await this.seal();
  }

  /** Seals what there is to seal; who asks while that goes on waits for the same end. */
  seal(): Promise<void> {
    this.#sealing ??= this.#sealAll().finally(() => (this.#sealing = undefined));
    return this.#sealing;
  }

  async #sealAll(): Promise<void> {
    if (!(await this.#isAnyWaiting())) return;
    while ((await inTransaction(this.pool, (client) => this.#sealBatch(client))) === MAX_BATCH);
  }

  /** Most of the time there is nothing, and one question is cheaper than a transaction with a lock. */
  async #isAnyWaiting(): Promise<boolean> {
    const { rows } = await withConnection(this.pool, (client) =>
      client.query<{ waiting: boolean }>('select exists (select from audit_outbox where stream = $1) as waiting', [
        this.stream,
      ]),
    );
    return rows[0]!.waiting;
  }

  async #sealBatch(client: PoolClient): Promise<number> {
    const { rows: locks } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_xact_lock($1, hashtext($2)) as mine',
      [LOCK_SPACE, this.stream],
    );
    if (!locks[0]!.mine) return 0;
    // Below the oldest transaction that is still open nothing can appear any more: no late commit is passed over.
    const { rows } = await client.query<OutboxRow>(
      `select place, id, entry from audit_outbox
       where stream = $1 and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, place limit ${MAX_BATCH}`,
      [this.stream],
    );
    if (rows.length === 0) return 0;
    const { rows: known } = await client.query<{ id: string }>('select id from audit_log where id = any($1::uuid[])', [
      rows.map(({ id }) => id),
    ]);
    const isKnown = new Set(known.map(({ id }) => id));
    const chain = new AuditChain(this.stream, await this.#head(client));
    const sealed = rows
      .filter(({ id }) => !isKnown.has(id))
      .map(({ entry }) => chain.seal(JSON.parse(entry) as AuditEntry));
    await client.query(
      `insert into audit_log (stream, seq, id, record, hash)
       select $1, * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[])`,
      [
        this.stream,
        sealed.map(({ record }) => record.seq),
        sealed.map(({ record }) => record.id),
        sealed.map(({ canonical }) => canonical),
        sealed.map(({ hash }) => hash),
      ],
    );
    await client.query('delete from audit_outbox where place = any($1::bigint[])', [rows.map(({ place }) => place)]);
    return rows.length;
  }

  async #head(client: PoolClient): Promise<ChainHead | undefined> {
    const { rows } = await client.query<{ seq: string; hash: string; id: string }>(
      'select seq, hash, id from audit_log where stream = $1 order by seq desc limit 1',
      [this.stream],
    );
    return rows[0] && { ...rows[0], seq: Number(rows[0].seq) };
  }
}
