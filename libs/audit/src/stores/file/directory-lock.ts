import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { constants, copyFile, link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeOfProcess } from './place-of-process.js';
import { UnusableFolder } from './unusable-folder.js';

const LOCK_FILE = 'lock';
const HEARTBEAT_MS = 5_000;
/** How long a writer elsewhere may give no sign of life before its folder is taken over. */
const STALE_AFTER_MS = 60_000;

/** Another process, or another app of this one, writes to the folder. */
export class DirectoryInUse extends UnusableFolder {}

/** Keeps a folder for one writer; the lock of a process that was killed is taken over. */
export class DirectoryLock {
  readonly #timer = setInterval(() => void this.confirm().catch(() => undefined), HEARTBEAT_MS).unref();
  #confirmedMs = performance.now();

  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  static async acquire(directory: string): Promise<DirectoryLock> {
    const path = join(directory, LOCK_FILE);
    const text = `${process.pid} ${birthOf(process.pid)} ${placeOfProcess()} ${randomUUID()}\n`;
    const own = `${path}.${randomUUID()}`;
    await writeFile(own, text, { flag: 'wx' });
    try {
      // The file system's own clock: the one of another machine may be wrong.
      const { mtimeMs } = await stat(own);
      // A link either comes to be with its whole content, or not at all.
      while (!(await linked(own, path))) await removeStale(path, directory, mtimeMs);
      return new DirectoryLock(path, text);
    } finally {
      await rm(own, { force: true });
    }
  }

  /** Gives a sign of life, if the last one is a while ago; refuses when the folder went to another writer meanwhile. */
  async confirm(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#confirmedMs < HEARTBEAT_MS / 2) return;
    if ((await readFile(this.path, 'utf8').catch(() => '')) !== this.text) {
      throw new DirectoryInUse(
        `AuditModule: the lock "${this.path}" is no longer the one of process ${process.pid}: ` +
          'the process stood still, or somebody removed it. Start it again.',
      );
    }
    const now = new Date();
    await utimes(this.path, now, now);
    this.#confirmedMs = nowMs;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    if ((await readFile(this.path, 'utf8').catch(() => '')) === this.text) await rm(this.path, { force: true });
  }
}

async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Some file systems have no links.
      return copyFile(own, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeStale(path: string, directory: string, nowMs: number): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text !== '') await refuseIfHeld(text, path, directory, nowMs);
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  // Somebody else may have been faster, and what was moved is a lock that is alive: it goes back.
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function refuseIfHeld(text: string, path: string, directory: string, nowMs: number): Promise<void> {
  const [pid = '', birth = '', place = ''] = text.split(' ');
  const inUse = `AuditModule: the folder "${directory}" is in use by process ${pid}`;
  if (place === placeOfProcess()) {
    if (!isAlive(Number(pid)) || birthOf(Number(pid)) !== birth) return;
    throw new DirectoryInUse(`${inUse}. Set audit.file.directory to a folder of its own, or stop that process.`);
  }
  // Process ids of another machine or container say nothing here.
  const silentMs = nowMs - (await stat(path).catch(() => ({ mtimeMs: -Infinity }))).mtimeMs;
  if (silentMs > STALE_AFTER_MS) return;
  throw new DirectoryInUse(
    `${inUse} of another machine or container, whose last sign of life is ${Math.round(silentMs / 1_000)} s old. ` +
      'Set audit.file.directory to a folder of its own, or stop that process; ' +
      `if it is gone, wait until ${STALE_AFTER_MS / 1_000} s have passed, or delete "${path}".`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, where the system tells: process ids are used again. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
