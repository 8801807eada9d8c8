import type { Pool, PoolClient } from 'pg';
import { AuditChain, type ChainHead, type SealedRecord } from '../../audit-chain.js';
import type { AuditEntry } from '../../audit-record.js';
import { inTransaction, withConnection } from './database-pool.js';
import { isFaultOfRow, type OutboxRow, UnsealableRows } from './unsealable-rows.js';

const MAX_BATCH = 500;
/** The first half of the advisory lock of a stream; any number that nobody else uses. */
const LOCK_SPACE = 0x61756474;

/** Moves what was committed from the outbox into the chain; of all processes of a service one does so at a time. */
export class OutboxSealer {
  #sealing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The places of rows that cannot be sealed; the next start tries them again. */
  readonly #left: string[] = [];

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

  /** A batch that holds a row that cannot be sealed is halved until that row is alone, and left where it is. */
  async #sealAll(): Promise<void> {
    if (!(await this.#isAnyWaiting())) return;
    for (let limit = MAX_BATCH, isMore = true; isMore;) {
      try {
        isMore = (await inTransaction(this.pool, (client) => this.#sealBatch(client, limit))) === limit;
        limit = Math.min(limit * 2, MAX_BATCH);
      } catch (error) {
        if (!(error instanceof UnsealableRows)) throw error;
        limit = Math.ceil(error.places.length / 2);
        if (error.places.length > 1) continue;
        this.#left.push(...error.places);
        this.onError(error);
      }
    }
  }

  /** Most of the time there is nothing, and one question is cheaper than a transaction with a lock. */
  async #isAnyWaiting(): Promise<boolean> {
    const { rows } = await withConnection(this.pool, (client) =>
      client.query<{ waiting: boolean }>(
        'select exists (select from audit_outbox where stream = $1 and place <> all ($2::bigint[])) as waiting',
        [this.stream, this.#left],
      ),
    );
    return rows[0]!.waiting;
  }

  async #sealBatch(client: PoolClient, limit: number): Promise<number> {
    const { rows: locks } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_xact_lock($1, hashtext($2)) as mine',
      [LOCK_SPACE, this.stream],
    );
    if (!locks[0]!.mine) return 0;
    // Below the oldest transaction that is still open nothing can appear any more: no late commit is passed over.
    const { rows } = await client.query<OutboxRow>(
      `select place, id, entry from audit_outbox
       where stream = $1 and place <> all ($2::bigint[]) and xid < pg_snapshot_xmin(pg_current_snapshot())
       order by xid, place limit $3`,
      [this.stream, this.#left, limit],
    );
    if (rows.length === 0) return 0;
    await this.#sealRows(client, rows).catch((cause: unknown) => {
      throw isFaultOfRow(cause) ? new UnsealableRows(rows, cause as Error) : cause;
    });
    return rows.length;
  }

  async #sealRows(client: PoolClient, rows: readonly OutboxRow[]): Promise<void> {
    const { rows: known } = await client.query<{ id: string }>('select id from audit_log where id = any($1::uuid[])', [
      rows.map(({ id }) => id),
    ]);
    const isKnown = new Set(known.map(({ id }) => id));
    const chain = new AuditChain(this.stream, await this.#head(client));
    const sealed = sealAll(
      chain,
      rows.filter(({ id }) => !isKnown.has(id)),
    );
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
  }

  async #head(client: PoolClient): Promise<ChainHead | undefined> {
    const { rows } = await client.query<{ seq: string; hash: string; id: string }>(
      'select seq, hash, id from audit_log where stream = $1 order by seq desc limit 1',
      [this.stream],
    );
    return rows[0] && { ...rows[0], seq: Number(rows[0].seq) };
  }
}

function sealAll(chain: AuditChain, rows: readonly OutboxRow[]): SealedRecord[] {
  try {
    return rows.map(({ entry }) => chain.seal(JSON.parse(entry) as AuditEntry));
  } catch (cause) {
    throw new UnsealableRows(rows, cause as Error);
  }
}
