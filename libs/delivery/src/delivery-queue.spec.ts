import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryOptions, DeliveryTrouble, SendResult } from './delivery.options.js';
import { RetryableError } from './retryable-error.js';

/** How late a timer may be on a busy machine. */
const SLACK_MS = 400;

const FAST: Partial<DeliveryOptions<number>> = {
  flushIntervalMs: 5,
  backoffBaseMs: 1,
  backoffMaxMs: 4,
  probeAfterMs: 20,
};

function queueOf(
  options: Partial<DeliveryOptions<number>> & Pick<DeliveryOptions<number>, 'send'>,
): DeliveryQueue<number> {
  return new DeliveryQueue<number>({ name: 'numbers', ...FAST, ...options });
}

function offerAll(queue: DeliveryQueue<number>, count: number): boolean[] {
  return Array.from({ length: count }, (_, item) => queue.offer(item));
}

const forever = (): Promise<void> => new Promise(() => {});

async function msOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('DeliveryQueue', () => {
  it('sends in the order of the offers, in batches, one at a time', async () => {
    const batches: number[][] = [];
    let underWay = 0;
    let most = 0;
    const queue = queueOf({
      maxBatch: 4,
      send: async (batch) => {
        most = Math.max(most, ++underWay);
        await sleep(2);
        underWay -= 1;
        batches.push([...batch]);
      },
    });
    offerAll(queue, 10);
    await queue.flush(1_000);
    expect(batches).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(most).toBe(1);
    expect(queue.ledger.snapshot()).toEqual({ pipe: 'numbers', produced: 10, delivered: 10, dropped: {}, inFlight: 0 });
  });

  it('sends as many batches side by side as it may', async () => {
    let underWay = 0;
    let most = 0;
    const send = async (): Promise<void> => {
      most = Math.max(most, ++underWay);
      await sleep(5);
      underWay -= 1;
    };
    const queue = queueOf({ maxBatch: 1, maxInFlight: 3, send });
    offerAll(queue, 9);
    await queue.flush(1_000);
    expect(most).toBe(3);
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 9, inFlight: 0 });
  });

  it('refuses what does not fit, and says so once until there is room', async () => {
    const troubles: DeliveryTrouble[] = [];
    const queue = queueOf({ maxItems: 3, send: async () => {}, onTrouble: (trouble) => troubles.push(trouble) });
    expect(offerAll(queue, 6)).toEqual([true, true, true, false, false, false]);
    expect(queue.ledger.snapshot()).toMatchObject({ produced: 6, dropped: { queue_full: 3 }, inFlight: 3 });
    await queue.flush(1_000);
    expect(offerAll(queue, 4)).toEqual([true, true, true, false]);
    const full = { pipe: 'numbers', reason: 'queue_full', items: 1, willRetry: false };
    expect(troubles).toEqual([full, full]);
    await queue.close(1_000);
  });

  it('counts bytes where it can measure them', async () => {
    const sizes = new Map([
      [1, 60],
      [2, 60],
      [3, 40],
      [4, NaN],
    ]);
    const sizeOf = (item: number): number => sizes.get(item) ?? JSON.parse('{');
    const queue = queueOf({ maxBytes: 100, sizeOf, send: async () => {} });
    expect([1, 2, 3, 4, 5].map((item) => queue.offer(item))).toEqual([true, false, true, false, false]);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { queue_full: 1, unmeasurable: 2 }, inFlight: 2 });
    await queue.flush(1_000);
    expect(queue.offer(2)).toBe(true);
    await queue.close(1_000);
  });

  it('tries again what may be tried again, and not for ever', async () => {
    const attempts: number[] = [];
    const troubles: DeliveryTrouble[] = [];
    const error = new RetryableError('503');
    const queue = queueOf({
      maxAttempts: 4,
      maxBatch: 1,
      send: async ([item]) => {
        attempts.push(item!);
        if (item === 0 || attempts.length < 7) throw error;
      },
      onTrouble: (trouble) => troubles.push(trouble),
    });
    offerAll(queue, 2);
    await queue.flush(2_000);
    expect(attempts).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 1, dropped: { send_failed: 1 }, inFlight: 0 });
    expect(troubles.map(({ willRetry }) => willRetry)).toEqual([true, true, true, false, true, true]);
    expect(troubles[3]).toEqual({ pipe: 'numbers', reason: 'send_failed', items: 1, willRetry: false, error });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('400'))],
    ['throws', () => JSON.parse('{') as Promise<void>],
  ])('drops at once what a send that %s has not called retryable', async (_how, send) => {
    const queue = queueOf({ send });
    offerAll(queue, 3);
    await queue.flush(1_000);
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 0, dropped: { send_failed: 3 }, inFlight: 0 });
  });

  it('waits as long as the receiver asks', async () => {
    const times: number[] = [];
    const send = async (): Promise<void> => {
      times.push(performance.now());
      if (times.length === 1) throw new RetryableError('429', { retryAfterMs: 60 });
    };
    const queue = queueOf({ send });
    queue.offer(1);
    await queue.flush(2_000);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(59);
  });

  it('gives an attempt up at its deadline, even one that ignores the signal', async () => {
    let aborted = false;
    const queue = queueOf({
      deadlineMs: 20,
      send: (_batch, signal) => {
        signal.addEventListener('abort', () => (aborted = true));
        return forever();
      },
    });
    offerAll(queue, 2);
    expect(await msOf(() => queue.flush(2_000))).toBeLessThan(20 + SLACK_MS);
    expect(aborted).toBe(true);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { deadline: 2 }, inFlight: 0 });
  });

  it.each<[SendResult | void, object]>([
    [undefined, { delivered: 5, dropped: {} }],
    [{ rejected: 0 }, { delivered: 5, dropped: {} }],
    [{ rejected: 2 }, { delivered: 3, dropped: { rejected: 2 } }],
    [
      { rejected: 2, reason: 'too_old' },
      { delivered: 3, dropped: { too_old: 2 } },
    ],
    [
      { rejected: 99, reason: 'Too Old' },
      { delivered: 0, dropped: { other: 5 } },
    ],
    [{ rejected: -1 }, { delivered: 5, dropped: {} }],
    ['nonsense' as never, { delivered: 5, dropped: {} }],
  ])('books a receiver that says %o', async (result, books) => {
    const queue = queueOf({ send: async () => result });
    offerAll(queue, 5);
    await queue.flush(1_000);
    expect(queue.ledger.snapshot()).toMatchObject(books);
    expect(queue.ledger.inFlight).toBe(0);
  });

  it('stops trying a receiver that keeps failing, keeps the items, and comes back by itself', async () => {
    let attempts = 0;
    let healthy = false;
    const send = async (): Promise<void> => {
      attempts += 1;
      if (!healthy) throw new RetryableError('503');
    };
    const queue = queueOf({ maxBatch: 1, maxItems: 4, maxAttempts: 100, probeAfterMs: 150, send });
    offerAll(queue, 4);
    while (queue.circuit !== 'open') await sleep(1);
    await sleep(50);
    expect(attempts).toBe(3);
    expect(offerAll(queue, 4).filter(Boolean)).toHaveLength(1);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { queue_full: 3 }, inFlight: 5 });
    healthy = true;
    await queue.flush(2_000);
    expect(queue.circuit).toBe('closed');
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 5, inFlight: 0 });
  });

  it('flushes what was offered before and what is under way, and not what comes later', async () => {
    let release = (): void => {};
    const sent: number[] = [];
    const queue = queueOf({
      maxBatch: 2,
      flushIntervalMs: 60_000,
      send: async (batch) => {
        if (sent.length === 0) await new Promise<void>((resolve) => (release = resolve));
        sent.push(...batch);
      },
    });
    offerAll(queue, 3);
    let flushed = false;
    const flush = queue.flush(2_000).then(() => (flushed = true));
    queue.offer(3);
    queue.offer(4);
    await sleep(20);
    expect(flushed).toBe(false);
    release();
    await flush;
    expect(sent).toEqual([0, 1, 2, 3]);
    expect(queue.ledger.inFlight).toBe(1);
    await queue.close(1_000);
    expect(sent).toEqual([0, 1, 2, 3, 4]);
  });

  it('ends a flush at its deadline and at once when there is nothing to wait for', async () => {
    const queue = queueOf({ send: forever });
    expect(await msOf(() => queue.flush(10_000))).toBeLessThan(SLACK_MS);
    queue.offer(1);
    expect(await msOf(() => queue.flush(20))).toBeLessThan(20 + SLACK_MS);
    expect(queue.ledger.inFlight).toBe(1);
    await queue.close(0);
  });

  it('drops what is left when it closes, aborts what is under way, and refuses the rest', async () => {
    const signals: AbortSignal[] = [];
    const queue = queueOf({ maxBatch: 2, send: (_batch, signal) => (signals.push(signal), forever()) });
    offerAll(queue, 5);
    const flush = queue.flush(10_000);
    const closing = queue.close(20);
    expect(queue.offer(9)).toBe(false);
    expect(await msOf(() => closing)).toBeLessThan(20 + SLACK_MS);
    await flush;
    await queue.close(10_000);
    await queue.flush(10_000);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(queue.ledger.snapshot()).toMatchObject({ produced: 6, dropped: { shutdown: 5, closed: 1 }, inFlight: 0 });
  });

  it('does not let the one who is told about trouble make more', async () => {
    const told: string[] = [];
    const onTrouble = (trouble: DeliveryTrouble): void => {
      told.push(trouble.reason);
      if (told.length % 2 === 0) throw new Error('no');
      return Promise.reject(new Error('no')) as never;
    };
    const queue = queueOf({ maxItems: 1, onTrouble, send: () => Promise.reject(new Error('400')) });
    offerAll(queue, 3);
    await queue.flush(1_000);
    expect(told).toEqual(['queue_full', 'send_failed']);
  });
});
