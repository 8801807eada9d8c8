import { costOf, shownHalfWidth } from '../costs.ts';
import { MAX_REGRESSION } from '../limits.ts';
import type { Measurement } from '../measurement.ts';
import type { Results } from '../results-file.ts';
import { textTable } from '../text-table.ts';

/** The cost of the suite in one scenario, now and as it is committed. */
export interface ComparedCost {
  scenario: string;
  committed: number;
  now: number;
  isTooMuch: boolean;
}

export interface Comparison {
  costs: ComparedCost[];
  verdict: 'passed' | 'failed';
  /** Why it is what it is, in a sentence. */
  because: string;
}

/** Holds what a variant costs now against what the suite cost when the results were committed. */
export function compareCosts(committed: Results, name: string, now: Measurement, measured: string): Comparison {
  const costs = now.scenarios.map((costsNow): ComparedCost => {
    const scenario = costsNow.name;
    const costsBefore = committed.scenarios.find((each) => each.name === scenario);
    const before = costsBefore && costOf(costsBefore, name)?.median;
    const after = costOf(costsNow, measured)?.median;
    if (before === undefined) {
      throw new Error(`bench/results.json tells nothing of ${name} in ${scenario}. Run "npm run bench" and commit it.`);
    }
    return { scenario, committed: before, now: after ?? NaN, isTooMuch: !(after! <= before * MAX_REGRESSION) };
  });
  return { costs, ...verdictOn(costs, now) };
}

/** How noisy the run was is told and does not decide: it makes a figure too high, and there are several attempts. */
function verdictOn(
  costs: readonly ComparedCost[],
  { refusals, scenarios }: Measurement,
): Pick<Comparison, 'verdict' | 'because'> {
  const [refusal] = refusals;
  if (refusal !== undefined) return { verdict: 'failed', because: refusal };
  const noise = `bare Nest is known to ${shownHalfWidth(scenarios)}`;
  const worse = costs.filter(({ isTooMuch }) => isTooMuch).map(({ scenario }) => scenario);
  if (worse.length === 0) return { verdict: 'passed', because: `the suite costs what it did; ${noise}` };
  const bound = `${MAX_REGRESSION} times what bench/results.json tells`;
  return { verdict: 'failed', because: `the suite costs more than ${bound}: ${worse.join(', ')}; ${noise}` };
}

/** The comparison as lines for a terminal. */
export function comparisonTable({ costs }: Comparison): string {
  const rows = costs.map(({ scenario, committed, now, isTooMuch }) => [
    scenario,
    `×${committed.toFixed(2)}`,
    `×${now.toFixed(2)}`,
    (now / committed).toFixed(2),
    isTooMuch ? 'too much' : 'fine',
  ]);
  return textTable(['over bare Nest', 'committed', 'now', 'of it', ''], rows);
}
