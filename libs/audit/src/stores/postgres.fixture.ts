import { join } from 'node:path';
import { Client } from 'pg';
import { temporaryFolder } from '../temporary-folder.fixture.js';
import { AUDIT_TABLES } from './postgres/audit-tables.js';

interface EmbeddedPostgres extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own for a spec, in which every database that is asked for is new and has the tables of the audit log. */
export class AuditDatabases implements AsyncDisposable {
  readonly #resources = new AsyncDisposableStack();
  #server!: EmbeddedPostgres;
  /** Stops the server, and gives what starts it again at its place. */
  stop!: () => Promise<() => Promise<void>>;
  #count = 0;

  static async start(): Promise<AuditDatabases> {
    const databases = new AuditDatabases();
    const folder = databases.#resources.use(await temporaryFolder());
    // The tool is no library and runs from its source; so it is found by its place.
    const tool = new URL('../../../../tools/embedded-postgres.ts', import.meta.url).href;
    const { startPostgres } = (await import(tool)) as {
      startPostgres(options: object): Promise<EmbeddedPostgres>;
    };
    const server = await startPostgres({ dataDir: join(folder.path, 'postgres'), say: () => undefined });
    databases.#server = databases.#resources.use(server);
    databases.stop = async () => {
      await databases.#server.stop();
      const { port } = databases.#server;
      return async () => {
        const again = await startPostgres({ dataDir: join(folder.path, 'postgres'), port, say: () => undefined });
        databases.#server = databases.#resources.use(again);
      };
    };
    // Its transactions, too, are older ones that are still open, which is what sealing waits for.
    await run(server.url, 'alter system set autovacuum = off', 'select pg_reload_conf()');
    return databases;
  }

  async create(): Promise<string> {
    this.#count += 1;
    const url = new URL(this.#server.url);
    await run(url.href, `create database audit_${this.#count}`);
    url.pathname = `/audit_${this.#count}`;
    await run(url.href, ...AUDIT_TABLES.up);
    return url.href;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}

/** Runs statements one after the other and gives the rows of the last one. */
export async function run(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
