import { AssembledProjects } from './assembled/assembled-projects.ts';
import { costsOf, type ScenarioCosts } from './costs.ts';
import { type Group, groupsOf } from './group.ts';
import type { ProgressLine } from './progress-line.ts';
import { type Scenario, scenarioName, SCENARIOS } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { quietCost } from './turns.ts';
import type { Variant } from './variants.ts';
import { visit } from './visit.ts';

/** How much is measured. */
export interface Plan {
  variants: readonly Variant[];
  /**
   * The scenarios among which those are measured that a variant takes part in.
   * @default all
   */
  scenarios?: readonly Scenario[];
  /** How many quiet turns there have to be in each scenario. */
  quietTurns: number;
  /** How many turns are made before the servers are stopped and another group is looked at. */
  turnsPerVisit: number;
  /** After how many visits the quietest turns there were have to do. */
  maxVisits: number;
  requestsPerSlice: number;
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
  scenarios: readonly ScenarioCosts[];
  turns: TurnCounts;
  /** Who did not do its work, and what was missing. */
  refusals: readonly string[];
}

/** Visits group after group, and those again that lack quiet turns: no server runs but those that are compared. */
export async function measureAll(bench: Bench): Promise<Measurement> {
  const { plan, random, progress } = bench;
  const groups = groupsOf(plan.variants, plan.scenarios ?? SCENARIOS);
  const projects = new AssembledProjects((what) => progress.show(what));
  for (let round = 1; round <= plan.maxVisits; round += 1) {
    for (const group of shuffled(groups, random)) {
      const lacking = lackingScenarios(group, groups, plan);
      if (lacking.length === 0) continue;
      progress.show(`${group.title}, visit ${round} of at most ${plan.maxVisits}`, doneShare(groups, plan));
      try {
        await visit(group, lacking, bench, projects);
      } catch (error) {
        group.refusal = (error as Error).message;
        progress.tell(`REFUSED: ${group.refusal}`);
      }
    }
  }
  return measurementOf(groups, plan);
}

function measurementOf(groups: readonly Group[], { scenarios = SCENARIOS, quietTurns }: Plan): Measurement {
  const accepted = groups.filter(({ refusal }) => refusal === undefined);
  const figuresIn = (scenario: Scenario) =>
    accepted.flatMap(({ turns }) => turns.get(scenario)?.figures(quietTurns, quietIn(scenario, groups)) ?? []);
  return {
    scenarios: scenarios
      .filter((scenario) => accepted.some(({ turns }) => turns.has(scenario)))
      .map((scenario) => ({ name: scenarioName(scenario), variants: costsOf(figuresIn(scenario)) })),
    turns: countTurns(groups),
    refusals: groups.flatMap(({ refusal }) => refusal ?? []),
  };
}

/** Those in which a group has too few quiet turns. */
function lackingScenarios({ refusal, turns }: Group, groups: readonly Group[], { quietTurns }: Plan): Scenario[] {
  if (refusal !== undefined) return [];
  const scenarios = [...turns.keys()];
  return scenarios.filter((scenario) => turns.get(scenario)!.countQuiet(quietIn(scenario, groups)) < quietTurns);
}

/** What bare Nest costs in a scenario while nothing disturbs it, by all that is known so far. */
function quietIn(scenario: Scenario, groups: readonly Group[]): number {
  return quietCost(groups.flatMap(({ turns }) => turns.get(scenario) ?? []));
}

function countTurns(groups: readonly Group[]): TurnCounts {
  const counts: TurnCounts = { made: 0, quiet: 0 };
  for (const { turns } of groups) {
    for (const [scenario, own] of turns) {
      counts.made += own.count;
      counts.quiet += own.countQuiet(quietIn(scenario, groups));
    }
  }
  return counts;
}

/** How much of what is wanted is there. */
function doneShare(groups: readonly Group[], { quietTurns }: Plan): number {
  const all = groups.filter(({ refusal }) => refusal === undefined).flatMap(({ turns }) => [...turns]);
  const done = all.map(([scenario, own]) => Math.min(quietTurns, own.countQuiet(quietIn(scenario, groups))));
  return done.reduce((sum, count) => sum + count, 0) / (all.length * quietTurns);
}
