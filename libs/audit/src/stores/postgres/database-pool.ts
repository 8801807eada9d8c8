import type { Pool, PoolClient } from 'pg';

/** Opens a small pool of connections of the audit log's own. */
export async function openPool(url: string, onError: (error: unknown) => void): Promise<Pool> {
  const { default: pg } = await import('pg').catch((cause: unknown) => {
    throw new Error(
      'Audit: the package "pg" is missing, and records in PostgreSQL need it. Install it: npm install pg',
      { cause },
    );
  });
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'audit',
    max: 3,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    idleTimeoutMillis: 10_000,
  });
  // An idle connection that breaks would otherwise end the process.
  pool.on('error', onError);
  return pool;
}

/** Runs work in a transaction whose COMMIT waits for the disk. */
export function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withConnection(pool, async (client) => {
    await client.query('begin; set local synchronous_commit = on');
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}

/** Runs work on a connection. */
export async function withConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: NodeJS.ErrnoException) => {
    // The driver's own words name the host, and what went wrong with a record is read by many.
    throw new Error(`the audit database does not answer (${error.code ?? 'no connection'})`);
  });
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // A connection in an unknown state is not used again.
    client.release(true);
    throw error;
  }
}
