import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { stayAwake } from './stay-awake.ts';

/** The share of some time that the event loop does not spend waiting. */
async function wakefulness(): Promise<number> {
  const before = performance.eventLoopUtilization();
  await sleep(200);
  return performance.eventLoopUtilization(before).utilization;
}

it('keeps the event loop from waiting for as long as anybody wants it, and no longer', async () => {
  const first = stayAwake();
  {
    using _second = stayAwake();
    expect(await wakefulness()).toBeGreaterThan(0.9);
  }
  expect(await wakefulness()).toBeGreaterThan(0.9);
  first[Symbol.dispose]();
  await sleep(10);
  // Also the control: a loop that only sleeps is seen to wait.
  expect(await wakefulness()).toBeLessThan(0.5);
});
