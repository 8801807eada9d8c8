import { AssembledProjects } from './assembled/assembled-projects.ts';
import { medianInterval } from './median-interval.ts';
import type { ProgressLine } from './progress-line.ts';
import { RunningServers } from './running-servers.ts';
import { type AdapterName, ROUTES, RUNTIMES } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { BASELINE, type Variant } from './variants.ts';

const MEGABYTE = 1_000_000;
const REQUESTS_AT_ONCE = 5_000;

export interface StartUpPlan {
  variants: readonly Variant[];
  adapter: AdapterName;
  /** How often each variant is started. */
  starts: number;
  /** How many of these starts are followed by load. */
  loadedStarts: number;
  /** How many requests are answered before memory is looked at again. */
  requests: number;
}

/** What the starts of one variant took, one figure a start. */
export interface StartFigures {
  cpuMs: number[];
  residentMb: number[];
  loadedMb: number[];
}

/** What one variant takes until it listens, and what it holds then. */
export interface StartCost {
  name: string;
  /** User and system time of the process until it listens, and how many times that of the baseline. */
  cpuMs: number;
  cpuRatio: number;
  /** Resident memory after the start, and how much more than the baseline has. */
  residentMb: number;
  residentOverMb: number;
  /** The same after the requests, of those that are looked at then. */
  loadedMb?: number;
  loadedOverMb?: number;
}

export interface StartUpBench {
  plan: StartUpPlan;
  random: () => number;
  serverPrefix: readonly string[];
  progress: ProgressLine;
}

/** Starts all variants at once, again and again, and looks at what it took and what each of them holds. */
export async function measureStarts(bench: StartUpBench): Promise<Map<string, StartFigures>> {
  const { plan, progress } = bench;
  const projects = new AssembledProjects((what) => progress.show(what));
  const figures = new Map(
    plan.variants.map((variant): [Variant, StartFigures] => [variant, { cpuMs: [], residentMb: [], loadedMb: [] }]),
  );
  for (let start = 0; start < plan.starts; start += 1) {
    progress.show(`start ${start + 1} of ${plan.starts}`, start / plan.starts);
    const refused = await startAll(figures, bench, projects, start < plan.loadedStarts);
    for (const variant of refused) figures.delete(variant);
  }
  return new Map([...figures].map(([variant, own]) => [labelOf(variant), own]));
}

/** The name of a variant among those of all runtimes. */
export function labelOf({ name, runtime }: Pick<Variant, 'name' | 'runtime'>): string {
  return runtime === RUNTIMES[0] ? name : `${runtime}, ${name}`;
}

/** Adds the figures of one start of each variant, and answers who failed. */
async function startAll(
  figures: ReadonlyMap<Variant, StartFigures>,
  { plan, ...bench }: StartUpBench,
  projects: AssembledProjects,
  isLoaded: boolean,
): Promise<Iterable<Variant>> {
  await using servers = new RunningServers({ ...bench, adapter: plan.adapter, projects });
  const variants = shuffled([...figures.keys()], bench.random);
  await Promise.all(variants.map((variant) => servers.start(variant)));
  await servers.atOnce(async ({ variant, process }) => {
    const { cpuMs, residentMb } = figures.get(variant)!;
    cpuMs.push(process.cpuToListeningMs);
    residentMb.push((await process.memory()).residentBytes / MEGABYTE);
  });
  if (isLoaded) {
    // What others hold by then is not asked, and takes them many times as long.
    const isOurs = ({ project }: Variant): boolean => project === 'workspace';
    await servers.atOnce(async (server) => {
      for (let rest = plan.requests; rest > 0; rest -= REQUESTS_AT_ONCE) {
        await server.measure(ROUTES[0]!, Math.min(rest, REQUESTS_AT_ONCE));
      }
      figures.get(server.variant)!.loadedMb.push((await server.process.memory()).residentBytes / MEGABYTE);
    }, isOurs);
  }
  return servers.refusals.keys();
}

/** Compares the medians of each variant with those of its baseline. */
export function startCosts(figures: ReadonlyMap<string, StartFigures>, variants: readonly Variant[]): StartCost[] {
  const middles = new Map([...figures].map(([name, values]) => [name, middleOf(values)]));
  return variants.flatMap((variant) => {
    const own = middles.get(labelOf(variant));
    const other = middles.get(labelOf({ ...variant, name: BASELINE }));
    if (!own || !other) return [];
    return {
      name: labelOf(variant),
      ...own,
      cpuRatio: own.cpuMs / other.cpuMs,
      residentOverMb: own.residentMb - other.residentMb,
      ...(own.loadedMb !== undefined && { loadedOverMb: own.loadedMb - other.loadedMb! }),
    };
  });
}

type Middle = Pick<StartCost, 'cpuMs' | 'residentMb' | 'loadedMb'>;

function middleOf({ cpuMs, residentMb, loadedMb }: StartFigures): Middle {
  return {
    cpuMs: medianInterval(cpuMs).median,
    residentMb: medianInterval(residentMb).median,
    ...(loadedMb.length > 0 && { loadedMb: medianInterval(loadedMb).median }),
  };
}
