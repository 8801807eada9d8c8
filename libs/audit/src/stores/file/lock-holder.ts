import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { placeOfProcess } from './place-of-process.js';
import { UnusableFolder } from './unusable-folder.js';

/** How long a writer elsewhere may give no sign of life before its folder is taken over. */
const STALE_AFTER_MS = 60_000;

/** Another process, or another app of this one, writes to the folder. */
export class DirectoryInUse extends UnusableFolder {}

/** Who holds a lock, as the text of the lock says it. */
export class LockHolder {
  private constructor(readonly text: string) {}

  /** This process; no two of them are the same. */
  static self(): LockHolder {
    return new LockHolder(`${process.pid} ${birthOf(process.pid)} ${placeOfProcess()} ${randomUUID()}\n`);
  }

  static of(text: string): LockHolder {
    return new LockHolder(text);
  }

  /** Throws when the holder is alive, or may be; `silentMs` tells how old its last sign of life is. */
  refuseIfAlive(directory: string, path: string, silentMs: number): void {
    const [pid = '', birth = '', place = ''] = this.text.trim().split(' ');
    const inUse = `AuditModule: the folder "${directory}" is in use by process ${pid}`;
    if (place === placeOfProcess()) {
      if (!isAlive(Number(pid)) || birthOf(Number(pid)) !== birth) return;
      throw new DirectoryInUse(`${inUse}. Set audit.file.directory to a folder of its own, or stop that process.`);
    }
    // Ids of processes on another machine or in another container say nothing here.
    if (silentMs > STALE_AFTER_MS) return;
    throw new DirectoryInUse(
      `${inUse} on another machine or in another container, seen ${Math.round(silentMs / 1_000)} s ago. ` +
        'Set audit.file.directory to a folder of its own, or stop that process. ' +
        `If it is gone, wait until ${STALE_AFTER_MS / 1_000} s have passed, or delete "${path}".`,
    );
  }
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
