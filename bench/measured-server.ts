import { setTimeout as sleep } from 'node:timers/promises';
import { applyLoad } from './load.ts';
import type { BenchRoute } from './scenarios.ts';
import type { ServerProcess } from './server-process.ts';
import { fetchDroppedItems } from './sinks/dropped-items.ts';
import { fetchSampleCount } from './sinks/sample-count.ts';
import type { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant } from './variants.ts';

/** A server of one variant under load, with the work that it is known to have done. */
export class MeasuredServer {
  readonly variant: Variant;
  readonly #server: ServerProcess;
  readonly #spans: SpanReceiver;
  readonly #settleMs: number;
  #answered = 0;

  constructor(variant: Variant, server: ServerProcess, spans: SpanReceiver, settleMs = 5_000) {
    this.variant = variant;
    this.#server = server;
    this.#spans = spans;
    this.#settleMs = settleMs;
  }

  /**
   * Answers the CPU microseconds that each of so many requests took, with all that came after its answer. Fails if one
   * of them was not answered rightly, or left no access line or span behind.
   */
  async measure(route: BenchRoute, requests: number): Promise<number> {
    this.#server.accessLines.empty();
    const spansBefore = this.#spans.count;
    const work = new Map<string, () => number>([
      ['access lines', () => this.#server.accessLines.count()],
      ['spans', () => this.#spans.count - spansBefore],
    ]);
    const before = await this.#server.cpuMicroseconds();
    await applyLoad(this.#server.url, route, requests);
    this.#answered += requests;
    for (const kind of this.variant.work) {
      const done = work.get(kind);
      if (done !== undefined) await this.#settled(kind, done, requests);
    }
    return ((await this.#server.cpuMicroseconds()) - before) / requests;
  }

  /** Fails if the histogram has not counted all requests that this server ever answered. */
  async checkSamples(): Promise<void> {
    if (!this.variant.work.includes('samples')) return;
    const counted = await fetchSampleCount(this.#server.metricsUrl!);
    if (counted !== this.#answered) throw new Error(missing('samples', counted, this.#answered));
  }

  async #settled(kind: string, done: () => number, expected: number): Promise<void> {
    const deadline = Date.now() + this.#settleMs;
    while (done() < expected && Date.now() < deadline) await sleep(20);
    if (done() === expected) return;
    const dropped = await fetchDroppedItems(this.#server.metricsUrl);
    throw new Error([missing(kind, done(), expected), this.#spans.trouble ?? [], dropped].flat().join('; '));
  }
}

function missing(kind: string, found: number, expected: number): string {
  return `${expected} requests left ${found} ${kind} behind`;
}
