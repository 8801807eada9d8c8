import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

export interface ServerLogin {
  port: number;
  user: string;
  password: string;
}

const keeperName = 'crowsnest-keeper';

/**
 * Connects to a server for as long as its starter lives. The connection is what tells a server in use from one that a
 * killed starter left behind: it ends with its process, however that ends.
 */
export async function keepServer(login: ServerLogin): Promise<Client> {
  const client = await connect(login);
  // The server may go away before its keeper; whoever uses the database is told by their own connections.
  client.on('error', () => undefined);
  return client;
}

/** Tells whether the process that started this server is still there. */
export async function isKept(login: ServerLogin): Promise<boolean> {
  // A starter that was killed just now is missed by its server within milliseconds.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (!(await hasKeeper(login))) return false;
    await sleep(100);
  }
  return true;
}

/** Creates the database unless it is there. */
export async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (!rowCount) await client.query(`create database ${escapeIdentifier(name)}`);
}

async function hasKeeper(login: ServerLogin): Promise<boolean> {
  let client: Client | undefined;
  try {
    client = await connect(login);
    const others = 'select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()';
    return Boolean((await client.query(others, [keeperName])).rowCount);
  } catch {
    // A server that lets nobody in is nobody's.
    return false;
  } finally {
    await client?.end().catch(() => undefined);
  }
}

async function connect({ port, user, password }: ServerLogin): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    ssl: false,
    application_name: keeperName,
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  return client;
}
