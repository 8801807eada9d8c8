import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DeliveryQueue } from './delivery-queue.js';
import type { Send } from './delivery.options.js';
import { RetryableError } from './retryable-error.js';

function queueOf(send: Send<number>, flushIntervalMs = 5): DeliveryQueue<number> {
  return new DeliveryQueue({ name: 'numbers', flushIntervalMs, backoffBaseMs: 1, send });
}

const forever = (): Promise<void> => new Promise(() => {});

describe('DeliveryQueue as a guest in the process', () => {
  afterEach(() => void vi.useRealTimers());

  it('sends outside of the context in which an item was offered', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const queue = queueOf(async () => {
      seen.push(context.getStore());
      if (seen.length === 1) throw new RetryableError('503');
    });
    await context.run('request', () => (queue.offer(1), queue.flush(1_000)));
    await context.run('request', async () => (queue.offer(2), sleep(50)));
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it('holds the process open for nobody', async () => {
    const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const queue = queueOf(forever);
    queue.offer(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout')).toHaveLength(before);
    await queue.close(0);
  });

  it('runs timers only while something waits', async () => {
    vi.useFakeTimers();
    const queue = queueOf(async () => {}, 1_000);
    expect(vi.getTimerCount()).toBe(0);
    for (const item of [1, 2, 3]) queue.offer(item);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(queue.ledger.inFlight).toBe(3);
    await vi.advanceTimersByTimeAsync(2);
    expect(queue.ledger.inFlight).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
