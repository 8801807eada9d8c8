import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { recordedServer, stateOf } from './left-over-server.ts';
import { runAs, type ServerAccount } from './server-account.ts';

/** Says that a server could not listen because another program has the port. */
export class PortTakenError extends Error {}

/** One PostgreSQL data directory and the server on it. */
export class Cluster {
  readonly directory: string;
  readonly #binaries: PostgresBinaries;
  readonly #account: ServerAccount;
  readonly #home: string;

  constructor(home: string, binaries: PostgresBinaries, account: ServerAccount) {
    this.#home = home;
    this.#binaries = binaries;
    this.directory = join(home, 'cluster');
    this.#account = account;
  }

  get exists(): boolean {
    return existsSync(join(this.directory, 'global', 'pg_control'));
  }

  /** Makes the data directory under another name and moves it into place when it is whole. */
  async create(user: string, password: string): Promise<void> {
    const making = mkdtempSync(join(this.#home, 'making-'));
    const directory = join(making, 'cluster');
    const passwordFile = join(making, 'password');
    try {
      mkdirSync(directory, { mode: 0o700 });
      writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
      for (const path of [making, directory, passwordFile]) this.#give(path);
      const args = ['-D', directory, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
      const settings = ['--locale=C', '--encoding=UTF8', '--no-sync'];
      const { exitCode, output } = await runAs(this.#account, this.#binaries.initdb, [...args, ...settings]);
      if (exitCode !== 0) throw new Error(`PostgreSQL: initdb failed in ${this.#home}:\n${lastLines(output)}`);
      await rm(this.directory, { recursive: true, force: true });
      await rename(directory, this.directory);
    } finally {
      await rm(making, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** Removes what a run that was killed while it made the data directory has left. */
  async removeHalfMade(): Promise<void> {
    const halfMade = readdirSync(this.#home).filter((name) => name.startsWith('making-'));
    if (!this.exists) halfMade.push('cluster');
    for (const name of halfMade) {
      await rm(join(this.#home, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async start(port: number): Promise<void> {
    const log = join(this.directory, 'server.log');
    await rm(log, { force: true });
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
    const { exitCode, output } = await this.#pgCtl('start', '-w', '-l', log, '-o', options);
    if (exitCode === 0) return;
    const lines = lastLines(existsSync(log) ? readFileSync(log, 'utf8') : output);
    if (/address already in use/i.test(lines)) {
      throw new PortTakenError(
        `PostgreSQL: 127.0.0.1:${port} is taken by another program. Stop that one or choose another port. The server's log ends with:\n${lines}`,
      );
    }
    throw new Error(`PostgreSQL: the server did not start on 127.0.0.1:${port}. Its log ends with:\n${lines}`);
  }

  /** Stops the server and waits; one that has died already counts as stopped. */
  async stop(): Promise<void> {
    for (const mode of ['fast', 'immediate']) {
      if (!this.#runs()) return;
      if ((await this.#pgCtl('stop', '-m', mode, '-w', '-t', '20')).exitCode === 0) return;
    }
    if (this.#runs()) {
      const server = recordedServer(this.directory);
      throw new Error(
        `PostgreSQL: the server with process id ${server?.pid} in ${this.directory} does not stop. End it by hand.`,
      );
    }
  }

  /** Tells the server to end at once and does not wait, for a process that is about to exit. */
  stopNow(): void {
    const server = recordedServer(this.directory);
    if (server && this.#runs()) process.kill(server.pid, 'SIGQUIT');
  }

  #runs(): boolean {
    const server = recordedServer(this.directory);
    return server !== undefined && stateOf(server.pid) === 'running';
  }

  #pgCtl(action: string, ...args: string[]) {
    return runAs(this.#account, this.#binaries.pgCtl, [action, '-D', this.directory, ...args]);
  }

  #give(path: string): void {
    const { uid, gid } = this.#account;
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).join('\n');
}
