import { controlHalfWidth, isSteady, type ScenarioCosts } from './costs.ts';
import { type Bench, measureAll, type Measurement } from './measurement.ts';
import { printReport } from './report.ts';
import { scenarioName, SCENARIOS } from './scenarios.ts';
import { takesPart } from './variants.ts';

export interface SteadyBench extends Bench {
  /** How often a scenario is measured at most. */
  attempts: number;
  say: (text: string) => void;
}

/** Measures until bare Nest is known well enough in all scenarios; those in which it already was are left as they are. */
export async function measureUntilSteady(
  { attempts, say, ...bench }: SteadyBench,
  before: Measurement = { scenarios: [], turns: { made: 0, quiet: 0 }, refusals: [] },
): Promise<Measurement> {
  const { plan, progress } = bench;
  const all = SCENARIOS.filter((scenario) => plan.variants.some((variant) => takesPart(variant, scenario)));
  let known = before;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const steady = new Set(known.scenarios.filter(isSteady).map(({ name }) => name));
    const scenarios = all.filter((scenario) => !steady.has(scenarioName(scenario)));
    if (scenarios.length === 0) break;
    known = together(known, await measureAll({ ...bench, plan: { ...plan, scenarios } }));
    progress.clear();
    say(`\n${printReport(known)}`);
  }
  return known;
}

/** What two measurements tell; of a scenario that is in both, the one that knows bare Nest better. */
export function together(one: Measurement, other: Measurement): Measurement {
  const scenarios = new Map<string, ScenarioCosts>();
  for (const costs of [...one.scenarios, ...other.scenarios]) {
    const rival = scenarios.get(costs.name);
    if (rival === undefined || controlHalfWidth(costs) < controlHalfWidth(rival)) scenarios.set(costs.name, costs);
  }
  return {
    scenarios: [...scenarios.values()],
    turns: { made: one.turns.made + other.turns.made, quiet: one.turns.quiet + other.turns.quiet },
    refusals: [...one.refusals, ...other.refusals],
  };
}
