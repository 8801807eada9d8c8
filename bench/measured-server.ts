import { setTimeout as sleep } from 'node:timers/promises';
import { applyLoad } from './load.ts';
import type { BenchRoute } from './scenarios.ts';
import type { ServerProcess } from './server-process.ts';
import { fetchDroppedItems } from './sinks/dropped-items.ts';
import { fetchSampleCount } from './sinks/sample-count.ts';
import type { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant, Work } from './variants.ts';

/** How much of one kind of work was done, and how much there had to be. */
interface Account {
  done: () => number;
  expected: () => number;
}

/** A server of one variant under load, with the work that it is known to have done. */
export class MeasuredServer {
  readonly variant: Variant;
  readonly #server: ServerProcess;
  readonly #spans: SpanReceiver;
  readonly #settleMs: number;
  #answered = 0;

  constructor(variant: Variant, server: ServerProcess, spans: SpanReceiver, settleMs = 20_000) {
    this.variant = variant;
    this.#server = server;
    this.#spans = spans;
    this.#settleMs = settleMs;
  }

  /**
   * Answers the CPU microseconds that each of so many requests took, with all that came after its answer. Fails if one
   * of them was not answered rightly, or left no access line, span or audit record behind.
   */
  async measure(route: BenchRoute, requests: number): Promise<number> {
    this.#server.accessLines.empty();
    const accounts = this.#openAccounts(route, requests);
    const before = await this.#server.cpuMicroseconds();
    await applyLoad(this.#server.url, route, requests);
    this.#answered += requests;
    for (const kind of this.variant.work) {
      const account = accounts[kind];
      if (account !== undefined) await this.#settled(kind, account, requests);
    }
    return ((await this.#server.cpuMicroseconds()) - before) / requests;
  }

  /** Fails if the histogram has not counted all requests that this server ever answered. */
  async checkSamples(): Promise<void> {
    if (!this.variant.work.includes('samples')) return;
    const counted = await fetchSampleCount(this.#server.metricsUrl!);
    if (counted !== this.#answered) throw new Error(missing('samples', counted, this.#answered));
  }

  #openAccounts(route: BenchRoute, requests: number): Partial<Record<Work, Account>> {
    const { accessLines, auditFiles, adapter } = this.#server;
    const [spansBefore, recordsBefore] = [this.#spans.count, auditFiles.count()];
    const spans = () => this.#spans.count - spansBefore;
    const spansPerRequest = 1 + route.calls + (this.variant.layerSpans?.[adapter] ?? 0);
    return {
      'access lines': { done: () => accessLines.count(), expected: () => requests },
      spans: { done: spans, expected: () => requests * spansPerRequest },
      'spans of the sampled': { done: spans, expected: () => accessLines.countSampled() * spansPerRequest },
      'audit records': {
        done: () => auditFiles.count() - recordsBefore,
        expected: () => (route.audited ? requests : 0),
      },
    };
  }

  async #settled(kind: Work, { done, expected }: Account, requests: number): Promise<void> {
    const deadline = Date.now() + this.#settleMs;
    while (done() < expected() && Date.now() < deadline) await sleep(20);
    // Packages that others have made also tell of what they do by themselves, now and then.
    if (done() === expected() || (done() > expected() && this.variant.project !== 'workspace')) return;
    const dropped = await fetchDroppedItems(this.#server.metricsUrl);
    const found = missing(kind, done(), requests, expected());
    throw new Error([found, this.#spans.trouble ?? [], dropped].flat().join('; '));
  }
}

function missing(kind: Work, found: number, requests: number, expected = requests): string {
  const wanted = expected === requests ? '' : ` and not ${expected}`;
  return `${requests} requests left ${found} ${kind} behind${wanted}`;
}
