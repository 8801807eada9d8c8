import { setTimeout as sleep } from 'node:timers/promises';
import { openDownstream } from './downstream.ts';
import { applyLoad } from './load.ts';
import { type AdapterName, type BenchRoute, placeName } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { fetchDroppedItems } from './sinks/dropped-items.ts';
import { fetchSampleCount } from './sinks/sample-count.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant, Work } from './variants.ts';

/** How much of one kind of work was done, and how much there had to be. */
interface Account {
  done: () => number;
  expected: () => number;
}

/** A server of one variant under load, with the work that it is known to have done. */
export class MeasuredServer implements AsyncDisposable {
  readonly variant: Variant;
  readonly process: ServerProcess;
  readonly #spans: SpanReceiver;
  readonly #settleMs: number;
  #resources = new AsyncDisposableStack();
  #answered = 0;

  constructor(variant: Variant, process: ServerProcess, spans: SpanReceiver, settleMs = 20_000) {
    this.variant = variant;
    this.process = process;
    this.#spans = spans;
    this.#settleMs = settleMs;
  }

  /** Starts a server with receivers of its own, until it is disposed of; its project has to be prepared. */
  static async start(variant: Variant, adapter: AdapterName, prefix: readonly string[] = []): Promise<MeasuredServer> {
    return naming(titleOf(variant, adapter), async () => {
      await using resources = new AsyncDisposableStack();
      const spans = resources.use(await SpanReceiver.open());
      const downstream = resources.use(await openDownstream());
      const { app, project, options } = variant;
      const to = { options: options({ otlpUrl: spans.url }), downstreamUrl: downstream.url('/stock') };
      const process = resources.use(await ServerProcess.start({ app, adapter, project, ...to }, prefix));
      const server = new MeasuredServer(variant, process, spans);
      server.#resources = resources.move();
      return server;
    });
  }

  /**
   * Answers the CPU microseconds that each of so many requests took, with all that came after its answer. Fails if one
   * of them was not answered rightly, or left no access line, span or audit record behind.
   */
  async measure(route: BenchRoute, requests: number): Promise<number> {
    return naming(this.#title, async () => {
      this.process.accessLines.empty();
      const accounts = this.#openAccounts(route, requests);
      const before = await this.process.cpuMicroseconds();
      await applyLoad(this.process.url, route, requests);
      this.#answered += requests;
      for (const kind of this.variant.work) {
        const account = accounts[kind];
        if (account !== undefined) await this.#settled(kind, account, requests);
      }
      return ((await this.process.cpuMicroseconds()) - before) / requests;
    });
  }

  /** Fails if the histogram has not counted all requests that this server ever answered. */
  async checkSamples(): Promise<void> {
    if (!this.variant.work.includes('samples')) return;
    await naming(this.#title, async () => {
      const counted = await fetchSampleCount(this.process.metricsUrl!);
      if (counted !== this.#answered) throw new Error(missing('samples', counted, this.#answered));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  get #title(): string {
    return titleOf(this.variant, this.process.adapter);
  }

  #openAccounts(route: BenchRoute, requests: number): Partial<Record<Work, Account>> {
    const { accessLines, auditFiles, adapter } = this.process;
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
    const dropped = await fetchDroppedItems(this.process.metricsUrl);
    const found = missing(kind, done(), requests, expected());
    throw new Error([found, this.#spans.trouble ?? [], dropped].flat().join('; '));
  }
}

function titleOf({ name, runtime }: Variant, adapter: AdapterName): string {
  return `${name} on ${placeName({ runtime, adapter })}`;
}

/** Does something, and says whom it was about if it fails. */
async function naming<T>(title: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${title}: ${(error as Error).message}`, { cause: error });
  }
}

function missing(kind: Work, found: number, requests: number, expected = requests): string {
  const wanted = expected === requests ? '' : ` and not ${expected}`;
  return `${requests} requests left ${found} ${kind} behind${wanted}`;
}
