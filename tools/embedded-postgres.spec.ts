import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts';
import { recordedServer, stateOf } from './postgres/left-over-server.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const isRoot = process.getuid?.() === 0;
const quiet = (): void => undefined;
const start = (options: EmbeddedPostgresOptions) => startPostgres({ say: quiet, ...options });

afterEach(() => vi.unstubAllEnvs());

describe('a new data directory', () => {
  it('gets a server that answers on loopback alone, with its password in one closed file', async () => {
    await using dir = temporaryDirectory();
    const signalListeners = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
    await using postgres = await start({ dataDir: dir.path, database: 'ship log' });

    expect(await ask(postgres.url, 'select current_database() as answer')).toBe('ship log');
    expect(await ask(postgres.url, 'show listen_addresses', 'listen_addresses')).toBe('127.0.0.1');
    expect(await ask(postgres.url, 'show unix_socket_directories', 'unix_socket_directories')).toBe('');
    expect(await ask(postgres.url, 'show server_encoding', 'server_encoding')).toBe('UTF8');
    expect(readdirSync(dir.path).sort()).toEqual(['cluster', 'password']);
    expect(statSync(join(dir.path, 'password')).mode & 0o777).toBe(0o600);
    expect(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')).toBe(signalListeners);
    await expect(ask(postgres.url.replace(/:[^:@]+@/, ':guessed@'), 'select 1')).rejects.toThrow(/password/);
  });

  it('is made anew when an earlier start was killed while it made one', async () => {
    await using dir = temporaryDirectory();
    const starter = startInChild(dir.path);
    while (!readdirSync(dir.path).some((name) => name.startsWith('making-'))) await sleep(5);
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    await using postgres = await start({ dataDir: dir.path });
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
    expect(readdirSync(dir.path).sort()).toEqual(['cluster', 'password']);
  });

  it('is made anew when the one that is there lacks its control file', async () => {
    await using dir = temporaryDirectory();
    mkdirSync(join(dir.path, 'cluster'));
    writeFileSync(join(dir.path, 'cluster', 'PG_VERSION'), '18\n');
    await using postgres = await start({ dataDir: dir.path });
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
  });

  it('goes to the temporary directory when its server, started by root, may not enter its parent', async () => {
    await using temporary = temporaryDirectory();
    vi.stubEnv('TMPDIR', temporary.path);
    const closed = mkdtempSync(join(temporary.path, 'closed-'));
    const dataDir = join(closed, 'postgres');
    const lines: string[] = [];
    await using postgres = await startPostgres({ dataDir, say: (line) => lines.push(line) });

    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
    expect(postgres.dataDir.startsWith(closed)).toBe(!isRoot);
    expect(lines.filter((line) => line.includes(postgres.dataDir))).toHaveLength(isRoot ? 1 : 0);
  });
});

describe('a data directory that was used before', () => {
  it('keeps its data from one start to the next', async () => {
    await using dir = temporaryDirectory();
    const first = await start({ dataDir: dir.path });
    await ask(first.url, 'create table orders as select 42 as answer');
    await first.stop();
    await expect(ask(first.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);

    await using second = await start({ dataDir: dir.path });
    expect(await ask(second.url, 'select answer from orders')).toBe(42);
  });

  it('has the server stopped that a killed starter left behind', async () => {
    await using dir = temporaryDirectory();
    const starter = startInChild(dir.path);
    const [url] = (await once(starter.stdout!.setEncoding('utf8'), 'data')) as [string];
    await ask(url.trim(), 'create table orders as select 42 as answer');
    const leftOver = recordedServer(join(dir.path, 'cluster'))!;
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(stateOf(leftOver.pid)).toBe('running');

    const lines: string[] = [];
    await using postgres = await startPostgres({ dataDir: dir.path, say: (line) => lines.push(line) });
    expect(lines).toEqual([expect.stringContaining(`process id ${leftOver.pid}`)]);
    expect(stateOf(leftOver.pid)).not.toBe('running');
    expect(await ask(postgres.url, 'select answer from orders')).toBe(42);
  });

  it('is refused while the run that uses it still lives', async () => {
    await using dir = temporaryDirectory();
    await using postgres = await start({ dataDir: dir.path });
    await expect(start({ dataDir: dir.path })).rejects.toThrow(/is in use.*Stop the run that started it/);
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
  });

  it('starts again after its server was killed, even before the system has buried it', async () => {
    await using dir = temporaryDirectory();
    const killed = await start({ dataDir: dir.path });
    process.kill(recordedServer(join(dir.path, 'cluster'))!.pid, 'SIGKILL');
    await killed.stop();

    await using postgres = await start({ dataDir: dir.path });
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
  });

  it('leaves alone a program that has got the process id of a server long gone', async () => {
    await using dir = temporaryDirectory();
    await (await start({ dataDir: dir.path })).stop();
    const innocent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const record = join(dir.path, 'cluster', 'postmaster.pid');
    writeFileSync(record, `${innocent.pid}\n${join(dir.path, 'cluster')}\n0\n5432\n`);

    await using postgres = await start({ dataDir: dir.path });
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
    expect(innocent.exitCode ?? innocent.signalCode).toBeNull();
    innocent.kill('SIGKILL');
  });
});

describe('a port', () => {
  it('that is taken is named, with the end of the server log', async () => {
    await using dir = temporaryDirectory();
    await using other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const refused = start({ dataDir: dir.path, port });
    await expect(refused).rejects.toThrow(`127.0.0.1:${port} is taken`);
    await expect(refused).rejects.toThrow(/could not bind IPv4 address/);
    expect(existsSync(join(dir.path, 'cluster', 'postmaster.pid'))).toBe(false);
  });
});

function startInChild(dataDir: string): ChildProcess {
  chmodSync(dataDir, 0o711);
  const script = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))});
    const { url } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, say() {} });
    console.log(url);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function ask(url: string, sql: string, column = 'answer'): Promise<unknown> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(sql)).rows[0]?.[column];
  } finally {
    await client.end().catch(quiet);
  }
}
