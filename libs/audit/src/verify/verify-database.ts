import type { Pool } from 'pg';
import type { AuditRecord } from '../audit-record.js';
import { openPool } from '../stores/postgres/database-pool.js';
import { ChainCheck } from './chain-check.js';
import type { Verification } from './verdict.js';

const PAGE = 1_000;

interface Row {
  readonly seq: string;
  readonly id: string;
  readonly record: string;
  readonly hash: string;
}

/** Verifies the table `audit_log` of a database, each stream a chain of its own; it needs to read and nothing more. */
export async function verifyDatabase(url: string): Promise<Verification> {
  const pool = await openPool(url, () => undefined);
  try {
    const { rows } = await pool.query<{ stream: string }>('select distinct stream from audit_log order by stream');
    let records = 0;
    for (const { stream } of rows) {
      const one = await verifyStream(pool, stream);
      records += one.records;
      if (one.fault !== undefined) return { ...one, records, streams: rows.length };
    }
    return { records, streams: rows.length, notes: await unsealed(pool) };
  } finally {
    await pool.end();
  }
}

async function verifyStream(pool: Pool, stream: string): Promise<Verification> {
  const check = new ChainCheck(stream);
  let records = 0;
  for (let after = '-9223372036854775808'; ;) {
    const { rows } = await pool.query<Row>(
      `select seq, id, record, hash from audit_log where stream = $1 and seq > $2 order by seq limit ${PAGE}`,
      [stream, after],
    );
    for (const row of rows) {
      records += 1;
      const verdict = faultIn(row, check);
      const place = `stream "${stream}", record ${row.seq}, id ${row.id}`;
      if (verdict !== undefined) return { records, streams: 1, notes: [], fault: { place, verdict } };
    }
    if (rows.length < PAGE) return { records, streams: 1, notes: [] };
    after = rows.at(-1)!.seq;
  }
}

function faultIn({ seq, id, record: text, hash }: Row, check: ChainCheck): string | undefined {
  const record = parsed(text);
  if (record === undefined) return 'INVALID: invalid format';
  const verdict = check.next({ record, hash }, text);
  if (verdict !== undefined) return verdict;
  return String(record.seq) === seq && record.id === id ? undefined : `INVALID: its columns are not its own`;
}

function parsed(text: string): AuditRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return typeof record === 'object' && record !== null ? (record as AuditRecord) : undefined;
  } catch {
    return undefined;
  }
}

async function unsealed(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ count: string }>('select count(*) as count from audit_outbox');
  return rows[0]!.count === '0' ? [] : [`${rows[0]!.count} records wait in the outbox and are in no chain yet`];
}
