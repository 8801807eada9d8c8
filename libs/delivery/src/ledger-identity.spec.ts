import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DeliveryQueue } from './delivery-queue.js';
import type { SendResult } from './delivery.options.js';
import { RetryableError } from './retryable-error.js';

type Random = (below: number) => number;

function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Books that the test keeps by itself, to compare the ledger with. */
class Witness {
  offered = 0;
  refused = 0;
  taken = 0;
  dropped = 0;
}

/** A receiver that does whatever a receiver may do, and tells the witness what it took. */
function anything(random: Random, witness: Witness) {
  return async (batch: readonly number[], signal: AbortSignal): Promise<SendResult | void> => {
    const does = random(10);
    if (does === 0) await new Promise(() => {});
    if (does === 1) throw new Error('no');
    if (does === 2) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    if (random(2)) await sleep(random(4));
    if (does === 3 || does === 4) throw new RetryableError('later', { retryAfterMs: random(3) });
    const rejected = does === 5 ? random(batch.length + 1) : 0;
    if (!signal.aborted) witness.taken += batch.length - rejected;
    return does === 6 ? undefined : { rejected };
  };
}

function expectAgreement(queue: DeliveryQueue<number>, witness: Witness): void {
  const { produced, delivered, dropped, inFlight } = queue.ledger.snapshot();
  const { queue_full = 0, closed = 0, ...later } = dropped;
  const lost = Object.values(later).reduce((sum, count) => sum + count, 0);
  expect(produced).toBe(witness.offered);
  expect(queue_full + closed).toBe(witness.refused);
  expect(lost).toBe(witness.dropped);
  expect(produced).toBe(delivered + lost + witness.refused + inFlight);
}

async function live(seed: number): Promise<void> {
  const random = seeded(seed);
  const witness = new Witness();
  const queue = new DeliveryQueue<number>({
    name: `seed_${seed}`,
    send: anything(random, witness),
    maxItems: 1 + random(40),
    maxBatch: 1 + random(12),
    maxInFlight: 1 + random(3),
    maxAttempts: 1 + random(4),
    flushIntervalMs: 1 + random(5),
    deadlineMs: 10 + random(10),
    backoffBaseMs: 1,
    backoffMaxMs: 3,
    probeAfterMs: 1 + random(10),
    onTrouble: ({ reason, items, willRetry }) => {
      if (!willRetry && reason !== 'queue_full') witness.dropped += items;
    },
  });
  const offer = (): void => {
    witness.offered += 1;
    if (!queue.offer(witness.offered)) witness.refused += 1;
  };
  for (let step = 0; step < 60; step += 1) {
    const does = random(6);
    for (let item = does < 3 ? random(20) : 0; item > 0; item -= 1) offer();
    if (does === 3) await sleep(random(8));
    if (does === 4) await queue.flush(random(10));
    if (does === 5) void queue.flush(random(50));
    expectAgreement(queue, witness);
  }
  const closing = queue.close(random(60));
  offer();
  await closing;
  expectAgreement(queue, witness);
  expect(queue.ledger.inFlight).toBe(0);
  // What arrived so late that its attempt had been given up is booked as lost.
  expect(queue.ledger.snapshot().delivered).toBeLessThanOrEqual(witness.taken);
}

describe('The ledger of a DeliveryQueue', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed * 7_919 + 1);

  it('balances whatever happens, in forty lives drawn by chance', async () => {
    await Promise.all(seeds.map(live));
  });
});
