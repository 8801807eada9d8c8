import { AssembledProjects } from './assembled/assembled-projects.ts';
import { MeasuredServer } from './measured-server.ts';
import { medianInterval } from './median-interval.ts';
import type { ProgressLine } from './progress-line.ts';
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
  wallMs: number[];
  residentMb: number[];
  loadedMb: number[];
}

/** What one variant takes until it listens, and what it holds then. */
export interface StartCost {
  name: string;
  /** User and system time of the process until it listens, and how many times that of the baseline. */
  cpuMs: number;
  cpuRatio: number;
  wallMs: number;
  wallRatio: number;
  /** Resident memory after the start, and how much more than the baseline has. */
  residentMb: number;
  residentOverMb: number;
  /** The same after the requests. */
  loadedMb: number;
  loadedOverMb: number;
}

export interface StartUpBench {
  plan: StartUpPlan;
  random: () => number;
  serverPrefix: readonly string[];
  progress: ProgressLine;
}

/** Starts every variant again and again, in turn, and looks at what it took and what it holds. */
export async function measureStarts(bench: StartUpBench): Promise<Map<string, StartFigures>> {
  const { plan, random, progress } = bench;
  const projects = new AssembledProjects((what) => progress.show(what));
  const figures = new Map<string, StartFigures>();
  const broken = new Set<string>();
  for (let start = 0; start < plan.starts; start += 1) {
    for (const variant of shuffled(plan.variants, random)) {
      const label = labelOf(variant);
      if (broken.has(label)) continue;
      progress.show(`start ${start + 1} of ${plan.starts}: ${label}`, start / plan.starts);
      const own = figures.get(label) ?? { cpuMs: [], wallMs: [], residentMb: [], loadedMb: [] };
      figures.set(label, own);
      try {
        await projects.prepare(variant.project);
        await startOnce(variant, bench, start < plan.loadedStarts, own);
      } catch (error) {
        broken.add(label);
        figures.delete(label);
        progress.tell(`REFUSED: ${(error as Error).message}`);
      }
    }
  }
  return figures;
}

/** The name of a variant among those of all runtimes. */
export function labelOf({ name, runtime }: Pick<Variant, 'name' | 'runtime'>): string {
  return runtime === RUNTIMES[0] ? name : `${runtime}, ${name}`;
}

async function startOnce(
  variant: Variant,
  { plan, serverPrefix }: StartUpBench,
  isLoaded: boolean,
  figures: StartFigures,
): Promise<void> {
  const begin = performance.now();
  await using server = await MeasuredServer.start(variant, plan.adapter, serverPrefix);
  const { process } = server;
  figures.wallMs.push(performance.now() - begin);
  figures.cpuMs.push(process.cpuToListeningMs);
  figures.residentMb.push((await process.memory()).residentBytes / MEGABYTE);
  if (!isLoaded) return;
  for (let rest = plan.requests; rest > 0; rest -= REQUESTS_AT_ONCE) {
    await server.measure(ROUTES[0]!, Math.min(rest, REQUESTS_AT_ONCE));
  }
  figures.loadedMb.push((await process.memory()).residentBytes / MEGABYTE);
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
      wallRatio: own.wallMs / other.wallMs,
      residentOverMb: own.residentMb - other.residentMb,
      loadedOverMb: own.loadedMb - other.loadedMb,
    };
  });
}

type Middle = Record<keyof StartFigures, number>;

function middleOf(figures: StartFigures): Middle {
  const medians = Object.entries(figures).map(([name, values]) => [name, medianInterval(values).median]);
  return Object.fromEntries(medians) as Middle;
}
