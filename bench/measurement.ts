import { AssembledProjects } from './assembled/assembled-projects.ts';
import type { ScenarioCosts } from './costs.ts';
import { type Course, coursesOf } from './course.ts';
import { type Heat, runHeat } from './heat.ts';
import type { ProgressLine } from './progress-line.ts';
import { placeName, type Scenario, SCENARIOS } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import type { Variant } from './variants.ts';

/** How much is measured. */
export interface Plan {
  variants: readonly Variant[];
  /**
   * The scenarios among which those are measured that a variant takes part in.
   * @default all
   */
  scenarios?: readonly Scenario[];
  /** How often the servers of each place are started in any case. */
  heats: number;
  /** How often at most, where bare Nest is not known well enough. */
  maxHeats: number;
  /** How often all routes are asked for before anything is measured: until everything is compiled. */
  warmUpRounds: number;
  /** How many turns are made in each scenario with the servers that were started. */
  turnsPerHeat: number;
  /** How many requests bare Nest answers in a turn, while the others answer what they can. */
  requestsPerTurn: number;
}

export interface Bench {
  plan: Plan;
  random: () => number;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  progress: ProgressLine;
  /** The heats that there were before. */
  before?: readonly Heat[];
  /** Is given each heat when it is over. */
  keep?: (heat: Heat) => void;
}

export interface Measurement {
  scenarios: readonly ScenarioCosts[];
  /** How often all servers of a place were started, by its name. */
  heats: Readonly<Record<string, number>>;
  /** Who did not do its work, and what was missing. */
  refusals: readonly string[];
}

/** Measures place after place and heat after heat, so that what disturbs the machine for long does not fall on one place. */
export async function measureAll(bench: Bench): Promise<Measurement> {
  const { plan, random, progress, before, keep } = bench;
  const courses = coursesOf(plan.variants, plan.scenarios ?? SCENARIOS, before);
  const projects = new AssembledProjects((what) => progress.show(what));
  for (let next = nextCourses(courses, plan); next.length > 0; next = nextCourses(courses, plan)) {
    for (const course of shuffled(next, random)) {
      const title = `${placeName(course.place)}, heat ${course.heats + 1} of at least ${plan.heats}`;
      const show = (what: string, share: number) => progress.show(`${title}: ${what}`, doneShare(courses, plan, share));
      const heat = await runHeat(course, bench, projects, show);
      course.add(heat);
      keep?.(heat);
    }
  }
  return {
    scenarios: courses.flatMap((course) => course.costs()),
    heats: Object.fromEntries(courses.map(({ place, heats }) => [placeName(place), heats])),
    refusals: courses.flatMap(({ refusals }) => Object.values(refusals)),
  };
}

/** Those that lack a heat and have had the fewest. */
function nextCourses(courses: readonly Course[], { heats, maxHeats }: Plan): Course[] {
  const lacking = courses.filter((course) => course.lacksHeat(heats, maxHeats));
  const fewest = Math.min(...lacking.map((course) => course.heats));
  return lacking.filter((course) => course.heats === fewest);
}

/** How much of what is wanted by now is there, with so much of one more heat. */
function doneShare(courses: readonly Course[], { heats, maxHeats }: Plan, begun: number): number {
  const done = courses.reduce((sum, course) => sum + course.heats, 0);
  const lacking = courses.map((course) => (course.lacksHeat(heats, maxHeats) ? Math.max(1, heats - course.heats) : 0));
  return (done + begun) / (done + lacking.reduce((sum, count) => sum + count, 0));
}
