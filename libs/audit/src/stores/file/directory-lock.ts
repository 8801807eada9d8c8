import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryInUse, LockHolder } from './lock-holder.js';

const LOCK_FILE = 'lock';
const HEARTBEAT_MS = 5_000;

/** Keeps a folder for one writer; the lock of a process that was killed is taken over. */
export class DirectoryLock {
  readonly #timer = setInterval(() => void this.confirm().catch(() => undefined), HEARTBEAT_MS).unref();

  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  static async acquire(directory: string): Promise<DirectoryLock> {
    const path = join(directory, LOCK_FILE);
    const { text } = LockHolder.self();
    const own = `${path}.${randomUUID()}`;
    await writeFile(own, text, { flag: 'wx' });
    try {
      // The file system's own clock, as the one of another machine may be wrong.
      const { mtimeMs } = await stat(own);
      // A link either comes to be with its whole content, or not at all.
      while (!(await linked(own, path))) await removeStale(path, directory, mtimeMs);
      return new DirectoryLock(path, text);
    } finally {
      await rm(own, { force: true });
    }
  }

  /** Gives a sign of life; refuses when the folder went to another writer while this process stood still. */
  async confirm(): Promise<void> {
    await this.#rewrite().catch((cause: unknown) => {
      throw new DirectoryInUse(
        `AuditModule: the lock "${this.path}" is no longer held by process ${process.pid}, which stood still ` +
          'for too long, or whose lock somebody removed. Start it again.',
        { cause },
      );
    });
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    if ((await readFile(this.path, 'utf8').catch(() => '')) === this.text) await rm(this.path, { force: true });
  }

  /** Through one handle: a lock that changes hands in between is not the file that is written. */
  async #rewrite(): Promise<void> {
    const file = await open(this.path, 'r+');
    try {
      const text = await file.readFile('utf8');
      if (text !== this.text) throw new Error(`it is held by "${text.trim()}"`);
      await file.write(text, 0);
    } finally {
      await file.close();
    }
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
  if (text !== '') {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: -Infinity }));
    LockHolder.of(text).refuseIfAlive(directory, path, nowMs - mtimeMs);
  }
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  // Somebody else may have been faster, and what was moved is a lock that is alive: it goes back.
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
