import { writeSync } from 'node:fs';

const PAUSE_MS = 20;
const MAX_PAUSES = 50;

/** Writes everything before it returns; a reader that is slow gets a second in all. */
export function writeNow(fd: number, bytes: Buffer): void {
  let rest = bytes;
  let pauses = 0;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || pauses++ >= MAX_PAUSES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
