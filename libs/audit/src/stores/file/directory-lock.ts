import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LOCK_FILE = 'lock';

/** Another process, or another app of this one, writes to the folder. */
export class DirectoryInUse extends Error {}

/** Keeps a folder for one writer; the lock of a process that was killed is taken over. */
export class DirectoryLock {
  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  static async acquire(directory: string): Promise<DirectoryLock> {
    const path = join(directory, LOCK_FILE);
    const text = `${process.pid} ${birthOf(process.pid)} ${randomUUID()}\n`;
    const own = `${path}.${randomUUID()}`;
    await writeFile(own, text, { flag: 'wx' });
    try {
      // A link either comes to be with its whole content, or not at all.
      while (!(await linked(own, path))) await removeStale(path, directory);
      return new DirectoryLock(path, text);
    } finally {
      await rm(own, { force: true });
    }
  }

  async release(): Promise<void> {
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

async function removeStale(path: string, directory: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid = '', birth = ''] = text.split(' ');
  if (text !== '' && isAlive(Number(pid)) && birthOf(Number(pid)) === birth) {
    throw new DirectoryInUse(
      `AuditModule: the folder "${directory}" is in use by process ${pid}. ` +
        'Set audit.file.directory to a folder of its own, or stop that process.',
    );
  }
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  // Somebody else may have been faster, and what was moved is a lock that is alive: it goes back.
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
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
