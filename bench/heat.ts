import { setTimeout as sleep } from 'node:timers/promises';
import type { AssembledProjects } from './assembled/assembled-projects.ts';
import type { Turn } from './costs.ts';
import type { Course } from './course.ts';
import { evenLoad } from './even-load.ts';
import type { Bench } from './measurement.ts';
import { RunningServers } from './running-servers.ts';
import { type BenchRoute, placeName, ROUTES, scenarioName } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { BASELINE, takesPart, type Variant } from './variants.ts';

/** What one start of all variants of a place came to. */
export interface Heat {
  place: string;
  /** By the name of the scenario. */
  turns: Readonly<Record<string, readonly Turn[]>>;
  /** Why, by the name of the variant that failed. */
  refusals: Readonly<Record<string, string>>;
}

const WARM_UP_REQUESTS = 2_048;
/**
 * A server that is asked before it has rested is compiled as no server is that has: bare Nest 11 on Fastify, always the one
 * that was started last, needed 15 % less for as long as it ran. Half a second is enough.
 */
const REST_MS = 2_000;

/** Starts all variants of a course and puts them under load at the same time, turn by turn in each scenario. */
export async function runHeat(
  course: Course,
  bench: Bench,
  projects: AssembledProjects,
  show: (what: string, doneShare: number) => void,
): Promise<Heat> {
  const { plan, random } = bench;
  await using servers = new RunningServers({ ...bench, adapter: course.place.adapter, projects });
  for (const variant of shuffled(course.variants, random)) {
    show(`${variant.name} starts`, 0);
    await servers.start(variant);
  }
  await sleep(REST_MS);
  const steps = plan.warmUpRounds + course.scenarios.length * plan.turnsPerHeat;
  let step = 0;
  const baseline = course.variants.find(({ name }) => name === BASELINE)!;
  const warm = await warmUp(servers, course, plan.warmUpRounds, () => show('warm-up', step++ / steps));
  const turns: Record<string, Turn[]> = {};
  for (const scenario of shuffled(course.scenarios, random)) {
    const { route } = scenario;
    const own: Turn[] = (turns[scenarioName(scenario)] = []);
    for (let turn = 0; turn < plan.turnsPerHeat && servers.has(baseline); turn += 1) {
      show(route.name, step++ / steps);
      const loads = evenLoad(plan.requestsPerTurn, own.at(-1) ?? warm.get(route)!);
      own.push(await takeTurn(servers, route, loads, (variant) => takesPart(variant, scenario)));
    }
  }
  await servers.atOnce((server) => server.checkSamples());
  return { place: placeName(course.place), turns, refusals: byName(servers.refusals) };
}

/**
 * Also on routes that are not measured: a server that knew a single one would be faster there than others, which know
 * more. Only what does more than to answer, a call or a record, is left to those that are measured on it.
 */
async function warmUp(
  servers: RunningServers,
  { scenarios }: Course,
  rounds: number,
  beginRound: () => void,
): Promise<Map<BenchRoute, Turn>> {
  const last = new Map<BenchRoute, Turn>();
  for (let round = 0; round < rounds; round += 1) {
    beginRound();
    // In turn, because the compiler forgets what it knew of one route while it learns the other.
    for (const route of ROUTES) {
      const own = scenarios.find((scenario) => scenario.route === route);
      const isPlain = route.calls === 0 && !route.audited;
      const isAsked = (variant: Variant) => isPlain || (own !== undefined && takesPart(variant, own));
      last.set(route, byName(await servers.atOnce((server) => server.measure(route, WARM_UP_REQUESTS), isAsked)));
    }
  }
  return last;
}

async function takeTurn(
  servers: RunningServers,
  route: BenchRoute,
  loads: Readonly<Record<string, number>>,
  isAsked: (variant: Variant) => boolean,
): Promise<Turn> {
  return byName(await servers.atOnce((server) => server.measure(route, loads[server.variant.name]!), isAsked));
}

function byName<T>(values: ReadonlyMap<Variant, T>): Record<string, T> {
  return Object.fromEntries([...values].map(([{ name }, value]) => [name, value]));
}
