import { MeasuredServer } from '../measured-server.ts';
import type { ProgressLine } from '../progress-line.ts';
import type { BenchRoute } from '../scenarios.ts';
import type { Variant } from '../variants.ts';
import type { GrowthFigures, GrownFigures } from './growth-result.ts';
import { GROWING_BARE, type Growth } from './growing-variants.ts';

const ROUTE: BenchRoute = {
  name: 'GET',
  method: 'GET',
  path: '/growth',
  answer: '{"grown":true}',
  calls: 0,
  audited: false,
};
const MEGABYTE = 1_000_000;

export interface GrowthPlan {
  requestsPerSlice: number;
  /** Slices before the first window, which are not compared. */
  warmUpSlices: number;
  /** Slices from the first window's first to the last window's last. */
  slices: number;
  windowSlices: number;
  growth: Growth;
}

export interface GrowthBench {
  plan: GrowthPlan;
  /** What is measured against bare Nest. */
  variant: Variant;
  serverPrefix: readonly string[];
  progress?: ProgressLine;
}

/** Puts load on one server and on bare Nest at the same time, slice by slice, and compares their first with their last window. */
export async function measureGrowth({ plan, variant, serverPrefix, progress }: GrowthBench): Promise<GrowthFigures> {
  const start = ({ options, ...app }: Variant) => {
    const growing: Variant = { ...app, options: (to) => ({ growth: plan.growth, ...options(to) }) };
    return MeasuredServer.start(growing, 'express', serverPrefix);
  };
  await using grownServer = await start(variant);
  await using bareServer = await start(GROWING_BARE);
  const [grown, bare] = [new Grown(grownServer), new Grown(bareServer)];

  const { requestsPerSlice, warmUpSlices, slices, windowSlices } = plan;
  for (let slice = 0; slice < warmUpSlices + slices; slice += 1) {
    const requests = slice * requestsPerSlice;
    progress?.show(`${requests.toLocaleString('en-US')} requests`, slice / (warmUpSlices + slices));
    await Promise.all([grown, bare].map((server) => server.measure(requestsPerSlice)));
    if (slice === warmUpSlices + windowSlices - 1) await Promise.all([grown.weigh(), bare.weigh()]);
  }
  await Promise.all([grown.weigh(), bare.weigh()]);
  await grownServer.checkSamples();
  return {
    requests: slices * requestsPerSlice,
    window: windowSlices * requestsPerSlice,
    series: await seriesIn(grownServer.process.metricsUrl),
    records: grownServer.process.auditFiles.count(),
    grown: grown.figures(plan),
    bare: bare.figures(plan),
  };
}

class Grown {
  readonly #server: MeasuredServer;
  readonly #microseconds: number[] = [];
  readonly #heapMb: number[] = [];

  constructor(server: MeasuredServer) {
    this.#server = server;
  }

  async measure(requests: number): Promise<void> {
    this.#microseconds.push(await this.#server.measure(ROUTE, requests));
  }

  async weigh(): Promise<void> {
    this.#heapMb.push((await this.#server.process.memory()).heapBytes / MEGABYTE);
  }

  figures({ warmUpSlices, windowSlices }: GrowthPlan): GrownFigures {
    const [firstHeapMb = NaN, lastHeapMb = NaN] = this.#heapMb;
    const all = this.#microseconds.slice(warmUpSlices);
    return {
      first: this.#microseconds.slice(warmUpSlices, warmUpSlices + windowSlices),
      last: this.#microseconds.slice(-windowSlices),
      mean: all.reduce((sum, value) => sum + value, 0) / all.length,
      firstHeapMb,
      lastHeapMb,
    };
  }
}

/** How many series the metric of the growing app has. */
async function seriesIn(metricsUrl: string | undefined): Promise<number> {
  if (metricsUrl === undefined) return 0;
  const page = await (await fetch(metricsUrl)).text();
  return [...page.matchAll(/^customer_requests_total\{/gm)].length;
}
