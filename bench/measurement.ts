import { AssembledProjects } from './assembled/assembled-projects.ts';
import { Fleet, type Refusal, type Ship } from './fleet.ts';
import { Group, quietCost } from './group.ts';
import { groupsAmong, scenariosOf } from './groups.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Figures } from './ratios.ts';
import { type BenchRoute, placeName, PLACES, ROUTES, type Scenario, SCENARIOS } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { BASELINE, type Variant } from './variants.ts';

/** How much is measured. */
export interface Plan {
  variants: readonly Variant[];
  /**
   * The scenarios among which those are measured that a variant takes part in.
   * @default all
   */
  scenarios?: readonly Scenario[];
  /** How many quiet turns of each group are compared. */
  quietTurns: number;
  /** After how many turns a group is compared by the quietest there were. */
  maxTurns: number;
  requestsPerSlice: number;
  /** How many slices on each route are made before all that is measured, and dropped. */
  warmUpSlices: number;
}

export interface Bench {
  plan: Plan;
  random: () => number;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  progress: ProgressLine;
}

/** How many turns were made over all groups, and in how many of them the machine was quiet. */
export interface TurnCounts {
  made: number;
  quiet: number;
}

export interface Measurement {
  scenarios: { scenario: Scenario; groups: Figures[] }[];
  turns: TurnCounts;
  refusals: readonly Refusal[];
}

/** What is measured together, in all scenarios that it takes part in. */
interface Job {
  /** Bare Nest of the same place. */
  bare: Variant;
  group: readonly Variant[];
  scenarios: readonly Scenario[];
}

/** Measures group by group: no server runs but those that are compared with each other. */
export async function measureAll(bench: Bench): Promise<Measurement> {
  const { plan, random, serverPrefix, progress } = bench;
  const projects = new AssembledProjects((what) => progress.show(what));
  const onRefusal = ({ variant, reason, ...place }: Refusal) =>
    progress.tell(`REFUSED: ${variant} on ${placeName(place)}: ${reason}`);
  await using fleet = new Fleet({ projects, serverPrefix, onRefusal });
  const measured = new Map<Scenario, Group[]>();
  const jobs = jobsOf(plan);
  for (const [index, job] of shuffled(jobs, random).entries()) {
    const title = `${job.group.map(({ name }) => name).join(' and ')} on ${placeName(job.scenarios[0]!)}`;
    progress.show(`${index + 1} of ${jobs.length}: ${title}`, index / jobs.length);
    await measureJob(job, fleet, bench, measured);
  }
  const scenarios = (plan.scenarios ?? SCENARIOS).filter((scenario) => measured.has(scenario));
  return {
    scenarios: scenarios.map((scenario) => ({
      scenario,
      groups: measured.get(scenario)!.map((group) => acceptedFigures(scenario, group, plan, fleet)),
    })),
    turns: countTurns([...measured.values()]),
    refusals: fleet.refusals,
  };
}

function jobsOf({ variants, scenarios = SCENARIOS }: Plan): Job[] {
  return PLACES.flatMap(({ runtime, adapter }) => {
    const here = variants.filter((variant) => variant.runtime === runtime);
    const bare = here.find(({ name }) => name === BASELINE);
    const around = scenarios.filter((scenario) => scenario.runtime === runtime && scenario.adapter === adapter);
    const jobs = groupsAmong(here).map((group) => ({ bare: bare!, group, scenarios: scenariosOf(group, around) }));
    return jobs.filter((job) => job.scenarios.length > 0);
  });
}

async function measureJob(job: Job, fleet: Fleet, bench: Bench, measured: Map<Scenario, Group[]>): Promise<void> {
  const { plan, random } = bench;
  await using resources = new AsyncDisposableStack();
  const ships: Ship[] = [];
  for (const variant of [job.bare, ...job.group]) {
    const ship = await fleet.start(variant, job.scenarios[0]!.adapter);
    if (ship !== undefined) ships.push(resources.use(ship));
  }
  for (let slice = 0; slice < plan.warmUpSlices; slice += 1) {
    // In turn, because the compiler forgets what it knew of one route while it learns the other.
    for (const route of warmUpRoutes(job.scenarios)) {
      for (const ship of ships) await fleet.sail(ship, (server) => server.measure(route, plan.requestsPerSlice));
    }
  }
  for (const scenario of shuffled(job.scenarios, random)) {
    const names = job.group.map(({ name }) => name);
    const groups = [...(measured.get(scenario) ?? []), new Group(BASELINE, names)];
    measured.set(scenario, groups);
    await takeTurns(groups, { scenario, ships, fleet, bench });
  }
  for (const ship of ships) await fleet.sail(ship, (server) => server.checkSamples());
}

interface Voyage {
  scenario: Scenario;
  /** The servers of the last group, bare Nest's among them. */
  ships: readonly Ship[];
  fleet: Fleet;
  bench: Bench;
}

/** Measures the last of the groups until it has enough quiet turns; the others tell what quiet is. */
async function takeTurns(groups: readonly Group[], { scenario, ships, fleet, bench }: Voyage): Promise<void> {
  const { plan, random } = bench;
  const group = groups.at(-1)!;
  const [bare, others] = [ships.filter(isBare), ships.filter((ship) => !isBare(ship))];
  // Requests that make calls leave more behind, and one collection of it more or less must not decide.
  const requests = plan.requestsPerSlice * (1 + scenario.route.calls);
  const measure = (ship: Ship) => fleet.sail(ship, (server) => server.measure(scenario.route, requests));
  let before = bare[0] && (await measure(bare[0]));
  while (group.turns.length < plan.maxTurns && group.countQuiet(quietCost(groups)) < plan.quietTurns) {
    const figures = new Map<string, number>();
    for (const ship of shuffled(others, random)) {
      const figure = await measure(ship);
      if (figure !== undefined) figures.set(ship.berth.variant, figure);
    }
    const after = bare[0] && (await measure(bare[0]));
    // Nothing is left that could be compared.
    if (before === undefined || after === undefined || figures.size === 0) return;
    group.add({ before, after, others: figures });
    before = after;
  }
}

function isBare({ berth }: Ship): boolean {
  return berth.variant === BASELINE;
}

/** The figures that count: none of those who did not do their work, and nothing that cannot be compared. */
function acceptedFigures(scenario: Scenario, group: Group, { quietTurns }: Plan, fleet: Fleet): Figures {
  const isRefused = (variant: string) => fleet.refuses({ ...scenario, variant });
  if (isRefused(group.baseline)) return new Map();
  return new Map([...group.figures(quietTurns)].filter(([name]) => !isRefused(name)));
}

function countTurns(scenarios: readonly (readonly Group[])[]): TurnCounts {
  const counts: TurnCounts = { made: 0, quiet: 0 };
  for (const groups of scenarios) {
    const quiet = quietCost(groups);
    for (const group of groups) {
      counts.made += group.turns.length;
      counts.quiet += group.countQuiet(quiet);
    }
  }
  return counts;
}

/**
 * What a server learns before it is measured: more than it is measured on, because one that knew a single route would be
 * faster there than a baseline that knows them all.
 */
function warmUpRoutes(measured: readonly Scenario[]): BenchRoute[] {
  return ROUTES.filter(({ name, calls }) => calls === 0 || measured.some(({ route }) => route.name === name));
}
