import { AssembledProjects } from './assembled/assembled-projects.ts';
import { Fleet, type Refusal } from './fleet.ts';
import type { ProgressLine } from './progress-line.ts';
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
  rounds: number;
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

export interface Measurement {
  /** By the name of the variant, CPU microseconds per request, one figure a round. */
  scenarios: { scenario: Scenario; figures: Map<string, number[]> }[];
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
    .map((scenario) => ({ scenario, figures: figuresOf(plan, scenario) }))
    .filter(({ figures }) => figures.size > 0);
  for (let round = 0; round < plan.rounds; round += 1) {
    // One scenario after the other, so that the figures that are divided by each other were taken close together.
    for (const { scenario, figures } of shuffled(scenarios, random)) {
      progress.show(`round ${round + 1} of ${plan.rounds}: ${scenarioName(scenario)}`, round / plan.rounds);
      await fleet.eachIn(
        scenario,
        async (server) => {
          const microseconds = await server.measure(scenario.route, plan.requestsPerSlice);
          figures.get(server.variant.name)!.push(microseconds);
        },
        (servers) => shuffled(servers, random),
      );
    }
  }
  await fleet.each((server) => server.checkSamples());
  for (const { scenario, figures } of scenarios) {
    for (const name of figures.keys()) if (fleet.refuses(name, scenario)) figures.delete(name);
  }
  return { scenarios, refusals: fleet.refusals };
}

function figuresOf({ variants }: Plan, scenario: Scenario): Map<string, number[]> {
  const taking = variants.filter((variant) => takesPart(variant, scenario));
  return new Map(taking.map(({ name }): [string, number[]] => [name, []]));
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
