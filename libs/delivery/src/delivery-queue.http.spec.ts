import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryOptions, SendResult } from './delivery.options.js';
import { RetryableError } from './retryable-error.js';

/** How late an answer or a timer may be on a busy machine. */
const SLACK_MS = 600;

type Mood = 'healthy' | 'black hole' | 'drip' | 'unavailable' | 'picky';

/** A receiver over HTTP whose mood a test can change, and which knows what it has really got. */
class Sink implements AsyncDisposable {
  mood: Mood = 'healthy';
  requests = 0;
  openRequests = 0;
  mostOpenRequests = 0;
  readonly received: number[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(mood: Mood): Promise<Sink> {
    const sink = new Sink();
    sink.mood = mood;
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    this.openRequests += 1;
    this.mostOpenRequests = Math.max(this.mostOpenRequests, this.openRequests);
    response.on('close', () => (this.openRequests -= 1));
    const body = (await request.toArray().catch(() => [])) as Buffer[];
    if (this.mood === 'black hole' || body.length === 0) return;
    if (this.mood === 'drip') {
      while (!response.destroyed) await sleep(5, response.write(' '));
      return;
    }
    if (this.mood === 'unavailable') return void response.writeHead(503, { 'retry-after': '0' }).end();
    const items = JSON.parse(Buffer.concat(body).toString()) as number[];
    const taken = this.mood === 'picky' ? items.filter((item) => item % 3 !== 0) : items;
    this.received.push(...taken);
    response.end(JSON.stringify({ rejected: items.length - taken.length, reason: 'divisible_by_three' }));
  }
}

function overHttp(url: string) {
  return async (batch: readonly number[], signal: AbortSignal): Promise<SendResult> => {
    const request = fetch(url, { method: 'POST', body: JSON.stringify(batch), signal });
    const response = await request.catch((cause: unknown) => {
      throw new RetryableError('The sink cannot be reached', { cause });
    });
    const body = await response.text();
    if (response.status === 503) {
      const retryAfterMs = Number(response.headers.get('retry-after')) * 1_000;
      throw new RetryableError('The sink answered 503', { retryAfterMs });
    }
    return JSON.parse(body) as SendResult;
  };
}

function queueTo(url: string, options: Partial<DeliveryOptions<number>> = {}): DeliveryQueue<number> {
  return new DeliveryQueue<number>({
    name: 'numbers',
    send: overHttp(url),
    maxBatch: 10,
    flushIntervalMs: 10,
    deadlineMs: 100,
    backoffBaseMs: 2,
    backoffMaxMs: 10,
    probeAfterMs: 50,
    ...options,
  });
}

function offerAll(queue: DeliveryQueue<number>, count: number): void {
  for (let item = 0; item < count; item += 1) queue.offer(item);
}

/** Checks the identity against what the test knows to have offered, and the sink to have taken. */
function expectBalanced(queue: DeliveryQueue<number>, offered: number, sink: Sink): void {
  const { produced, delivered, dropped, inFlight } = queue.ledger.snapshot();
  expect(produced).toBe(offered);
  expect(delivered + Object.values(dropped).reduce((sum, count) => sum + count, 0) + inFlight).toBe(offered);
  expect(delivered).toBe(sink.received.length);
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!condition() && performance.now() < end) await sleep(2);
  expect(condition()).toBe(true);
}

describe('DeliveryQueue over HTTP', () => {
  it('delivers everything once and in order to a healthy sink', async () => {
    await using sink = await Sink.start('healthy');
    const queue = queueTo(sink.url, { deadlineMs: 5_000 });
    offerAll(queue, 995);
    expectBalanced(queue, 995, sink);
    await queue.close(10_000);
    expect(sink.received).toEqual(Array.from({ length: 995 }, (_, item) => item));
    expect([sink.requests, sink.mostOpenRequests]).toEqual([100, 1]);
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 995, dropped: {}, inFlight: 0 });
  });

  it.each<Mood>(['black hole', 'drip'])(
    'lets go of a %s at the deadline, holds what waits, and recovers by itself',
    async (mood) => {
      await using sink = await Sink.start(mood);
      const queue = queueTo(sink.url, { maxItems: 100 });
      const start = performance.now();
      offerAll(queue, 150);
      expect(performance.now() - start).toBeLessThan(SLACK_MS);
      await until(() => queue.circuit === 'open');
      expect(performance.now() - start).toBeLessThan(3 * 100 + SLACK_MS);
      expectBalanced(queue, 150, sink);
      expect(queue.ledger.snapshot()).toMatchObject({
        delivered: 0,
        dropped: { queue_full: 50, deadline: 30 },
        inFlight: 70,
      });
      await until(() => sink.openRequests === 0);
      sink.mood = 'healthy';
      await until(() => queue.ledger.inFlight === 0);
      expectBalanced(queue, 150, sink);
      const { delivered, dropped } = queue.ledger.snapshot();
      // A probe may have met the old mood.
      expect(delivered).toBe(150 - 50 - dropped.deadline!);
      expect(dropped.deadline).toBeLessThanOrEqual(40);
    },
  );

  it('closes in time before a black hole and counts what it had to leave behind', async () => {
    await using sink = await Sink.start('black hole');
    const queue = queueTo(sink.url, { deadlineMs: 60_000 });
    offerAll(queue, 25);
    const start = performance.now();
    await queue.close(50);
    expect(performance.now() - start).toBeLessThan(50 + SLACK_MS);
    expectBalanced(queue, 25, sink);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { shutdown: 25 }, inFlight: 0 });
    await until(() => sink.openRequests === 0);
  });

  it('brings everything to a sink that was unavailable for a while', async () => {
    await using sink = await Sink.start('unavailable');
    const queue = queueTo(sink.url, { maxAttempts: 1_000, probeAfterMs: 20 });
    offerAll(queue, 30);
    await until(() => sink.requests >= 4);
    expectBalanced(queue, 30, sink);
    expect(queue.ledger.inFlight).toBe(30);
    sink.mood = 'healthy';
    await queue.flush(5_000);
    expectBalanced(queue, 30, sink);
    expect(sink.received).toEqual(Array.from({ length: 30 }, (_, item) => item));
  });

  it('gives up on a sink that stays unavailable', async () => {
    await using sink = await Sink.start('unavailable');
    const queue = queueTo(sink.url, { maxAttempts: 2, probeAfterMs: 5 });
    offerAll(queue, 20);
    await queue.flush(5_000);
    expectBalanced(queue, 20, sink);
    expect(sink.requests).toBe(4);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { send_failed: 20 }, inFlight: 0 });
  });

  it('gives up on a sink that nobody listens at', async () => {
    const sink = await Sink.start('healthy');
    const { url } = sink;
    await sink[Symbol.asyncDispose]();
    const queue = queueTo(url, { maxAttempts: 2, probeAfterMs: 5, deadlineMs: 5_000 });
    offerAll(queue, 20);
    await queue.flush(5_000);
    expectBalanced(queue, 20, sink);
    expect(queue.ledger.snapshot()).toMatchObject({ dropped: { send_failed: 20 }, inFlight: 0 });
  });

  it('books the part of a batch that a sink does not want', async () => {
    await using sink = await Sink.start('picky');
    const queue = queueTo(sink.url, { deadlineMs: 5_000 });
    offerAll(queue, 30);
    await queue.flush(5_000);
    expectBalanced(queue, 30, sink);
    expect(queue.ledger.snapshot()).toMatchObject({ delivered: 20, dropped: { divisible_by_three: 10 }, inFlight: 0 });
  });
});
