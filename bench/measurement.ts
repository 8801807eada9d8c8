import { AssembledProjects } from './assembled/assembled-projects.ts';
import { Fleet, type Refusal } from './fleet.ts';
import { type Group, quietCost } from './group.ts';
import { groupsIn } from './groups.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Figures } from './ratios.ts';
import { ADAPTERS, type BenchRoute, placeName, ROUTES, type Scenario, SCENARIOS, scenarioName } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { takesPart, type Variant } from './variants.ts';

/** How much is measured. */
export interface Plan {
  variants: readonly Variant[];
  /**
   * The scenarios among which those are measured that a variant takes part in.
   * @default all
   */
  scenarios?: readonly Scenario[];
  /** How many quiet turns of each group are compared. */
  rounds: number;
  /** After how many turns that do, a machine that never was quiet is taken as it is. */
  maxRounds: number;
  /** How many requests a server answers in its turn before those that are measured: after a pause its caches are cold. */
  requestsBefore: number;
  requestsPerSlice: number;
  /** How many slices on each route are made before the first round and dropped. */
  warmUpSlices: number;
}

export interface Bench {
  plan: Plan;
  random: () => number;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  progress: ProgressLine;
}

/** How often a group was measured, and how often the machine was quiet then. */
export interface Turns {
  made: number;
  quiet: number;
}

export interface Measurement {
  scenarios: { scenario: Scenario; groups: Figures[] }[];
  turns: Turns;
  refusals: readonly Refusal[];
}

/** Starts a server for each variant on each adapter and measures all of them in turn, round by round. */
export async function measureAll(bench: Bench): Promise<Measurement> {
  const { plan, random, serverPrefix, progress } = bench;
  const projects = new AssembledProjects((what) => progress.show(what));
  const onRefusal = ({ variant, reason, ...place }: Refusal) =>
    progress.tell(`REFUSED: ${variant} on ${placeName(place)}: ${reason}`);
  await using fleet = new Fleet({ projects, serverPrefix, onRefusal });
  await startAll(fleet, bench);
  const scenarios = (plan.scenarios ?? SCENARIOS)
    .map((scenario) => ({ scenario, groups: groupsIn(scenario, plan.variants) }))
    .filter(({ groups }) => groups.length > 0);
  for (let round = 1; round <= plan.maxRounds; round += 1) {
    const places = scenarios.flatMap(({ scenario, groups }) => {
      const quiet = quietCost(groups);
      return groups.filter((group) => group.quietTurns(quiet) < plan.rounds).map((group) => ({ scenario, group }));
    });
    for (const [index, { scenario, group }] of shuffled(places, random).entries()) {
      const title = `round ${round}, ${index + 1} of ${places.length}: ${scenarioName(scenario)}, ${group.others.join(', ')}`;
      progress.show(title, (round - 1 + index / places.length) / Math.max(plan.rounds, round));
      await takeTurn(fleet, scenario, group, bench);
    }
  }
  await fleet.each((server) => server.checkSamples());
  return {
    scenarios: scenarios.map(({ scenario, groups }) => ({
      scenario,
      groups: groups.map((group) => {
        const figures = [...group.figures(plan.rounds)];
        return new Map(figures.filter(([name]) => !fleet.refuses({ ...scenario, name })));
      }),
    })),
    turns: turnsOf(scenarios.map(({ groups }) => groups)),
    refusals: fleet.refusals,
  };
}

function turnsOf(scenarios: readonly (readonly Group[])[]): Turns {
  const sumOf = (count: (group: Group, quiet: number) => number) =>
    scenarios.reduce((sum, groups) => groups.reduce((rest, group) => rest + count(group, quietCost(groups)), sum), 0);
  return { made: sumOf(({ turns }) => turns.length), quiet: sumOf((group, quiet) => group.quietTurns(quiet)) };
}

/** Measures a group once; a turn without its baseline says nothing, and one that lacks another variant tells of the rest. */
async function takeTurn(fleet: Fleet, scenario: Scenario, group: Group, { plan, random }: Bench): Promise<void> {
  const measure = (name: string) =>
    fleet.one({ ...scenario, name }, async (server) => {
      await server.measure(scenario.route, plan.requestsBefore);
      return server.measure(scenario.route, plan.requestsPerSlice);
    });
  const others = new Map<string, number>();
  const before = await measure(group.baseline);
  for (const name of shuffled(group.others, random)) {
    const figure = await measure(name);
    if (figure !== undefined) others.set(name, figure);
  }
  const after = await measure(group.baseline);
  if (before !== undefined && after !== undefined) group.add({ before, after, others });
}

async function startAll(fleet: Fleet, { plan, progress }: Bench): Promise<void> {
  const scenarios = plan.scenarios ?? SCENARIOS;
  for (const adapter of ADAPTERS) {
    for (const variant of plan.variants) {
      const { name, runtime } = variant;
      const measured = scenarios.filter((scenario) => scenario.adapter === adapter && takesPart(variant, scenario));
      if (measured.length === 0) continue;
      const routes = warmUpRoutes(measured);
      await fleet.add({ variant, adapter }, async (server) => {
        progress.show(`warming up: ${name} on ${placeName({ runtime, adapter })}`);
        for (let slice = 0; slice < plan.warmUpSlices; slice += 1) {
          // In turn, because the compiler forgets what it knew of one route while it learns the other.
          for (const route of routes) await server.measure(route, plan.requestsPerSlice);
        }
      });
    }
  }
}

/**
 * What a server learns before it is measured: more than it is measured on, because one that knew a single route would be
 * faster there than a baseline that knows them all.
 */
function warmUpRoutes(measured: readonly Scenario[]): BenchRoute[] {
  return ROUTES.filter(({ name, calls }) => calls === 0 || measured.some(({ route }) => route.name === name));
}
