import { join, resolve } from 'node:path';
import { freePort } from './ports.ts';
import { findBinaries } from './postgres/binaries.ts';
import { Cluster, PortTakenError } from './postgres/cluster.ts';
import { makeDataDir, passwordIn } from './postgres/data-dir.ts';
import { ensureDatabase, isKept, keepServer } from './postgres/keeper.ts';
import { findLeftOver } from './postgres/left-over-server.ts';
import { findServerAccount } from './postgres/server-account.ts';
import { placeWithinReach } from './postgres/within-reach.ts';

export interface EmbeddedPostgresOptions {
  /** The folder that keeps the data from one start to the next. @default '.data/postgres' of this checkout */
  dataDir?: string;
  /** The port on 127.0.0.1; `'free'` takes one that nobody uses. @default 'free' */
  port?: number | 'free';
  /** The database in the URL, created when it is missing. @default 'orders' */
  database?: string;
  /** The owner of everything in the server; only a new data directory takes it up. @default 'crowsnest' */
  user?: string;
  /** Takes a line for people about what goes on. @default lines on stderr */
  say?: (line: string) => void;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** The address of the database, with user and password. */
  url: string;
  port: number;
  /** Where the data really is: `dataDir`, or a place that the server can reach. */
  dataDir: string;
  /** Stops the server and waits for its end; the data stays. */
  stop(): Promise<void>;
  /** Has the server end at once without waiting, for a process that is about to exit. */
  stopNow(): void;
}

/** Starts a PostgreSQL of its own from npm's binaries, mends what a killed run left behind, and answers its address. */
export async function startPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const { database = 'orders', user = 'crowsnest', port = 'free' } = options;
  const say = options.say ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const wanted = resolve(options.dataDir ?? join(import.meta.dirname, '..', '.data', 'postgres'));
  const account = findServerAccount(join(wanted, 'cluster'));
  const place = await placeWithinReach({ binaries: findBinaries(), dataDir: wanted }, account, say);

  makeDataDir(place.dataDir);
  const cluster = new Cluster(place.dataDir, place.binaries, account);
  const password = passwordIn(place.dataDir, cluster.exists);
  await stopLeftOver(cluster, { user, password }, say);
  await cluster.removeHalfMade();
  if (!cluster.exists) {
    say('PostgreSQL: making a new data directory, a few seconds this once');
    await cluster.create(user, password);
  }
  const actualPort = await startOn(port, cluster);
  const keeper = await keepServer({ port: actualPort, user, password });
  await ensureDatabase(keeper, database);

  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= keeper.end().then(() => cluster.stop()));
  return {
    url: `postgresql://${encodeURIComponent(user)}:${password}@127.0.0.1:${actualPort}/${encodeURIComponent(database)}`,
    port: actualPort,
    dataDir: place.dataDir,
    stop,
    stopNow: () => cluster.stopNow(),
    [Symbol.asyncDispose]: stop,
  };
}

async function stopLeftOver(
  cluster: Cluster,
  login: { user: string; password: string },
  say: (line: string) => void,
): Promise<void> {
  const server = await findLeftOver(cluster.directory);
  if (!server) return;
  if (await isKept({ ...login, port: server.port })) {
    throw new Error(
      `PostgreSQL: ${cluster.directory} is in use, its server has process id ${server.pid} and port ${server.port}. ` +
        'Stop the run that started it, or choose another data directory.',
    );
  }
  say(`PostgreSQL: stopping the server that a killed run left behind (process id ${server.pid})`);
  await cluster.stop();
}

async function startOn(port: number | 'free', cluster: Cluster): Promise<number> {
  if (port !== 'free') return cluster.start(port).then(() => port);
  for (let attempt = 1; ; attempt += 1) {
    const candidate = await freePort();
    try {
      await cluster.start(candidate);
      return candidate;
    } catch (error) {
      // Somebody can take a free port between its choice and its use; three times in a row is no coincidence.
      if (!(error instanceof PortTakenError) || attempt === 3) throw error;
    }
  }
}
