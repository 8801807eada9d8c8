import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; fails by naming what did not come. */
export async function eventually<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  what: string,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`There is no ${what} after ${timeoutMs} ms.`);
    await sleep(20);
  }
}
