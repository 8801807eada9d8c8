import { setImmediate as tick } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Has everything collected that nothing holds any more. */
export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    // What a WeakRef was asked for stays until the running job has ended.
    await tick();
    gc();
  }
}
