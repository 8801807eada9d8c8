import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import type { Measurement, TurnCounts } from './measurement.ts';
import { controlHalfWidth, costsOf, type Figures, type VariantCost } from './ratios.ts';
import { scenarioTable } from './result-table.ts';
import { scenarioName } from './scenarios.ts';
import { BASELINE } from './variants.ts';

interface ReportedScenario {
  name: string;
  groups: readonly Figures[];
  costs: VariantCost[];
}

/** What everything costs, and whether the machine was quiet enough to say so. */
export interface Report {
  scenarios: ReportedScenario[];
  refusals: readonly string[];
  turns: TurnCounts;
  /** The worst half-width of the control over the scenarios; infinite where it could not be measured. */
  controlHalfWidth: number;
  isSteady: boolean;
}

/** Compares everything with its baseline. */
export function reportOn({ scenarios, turns, refusals }: Measurement): Report {
  const worst = Math.max(...scenarios.map(({ groups }) => controlHalfWidth(groups)));
  return {
    scenarios: scenarios.map(({ scenario, groups }) => ({
      name: scenarioName(scenario),
      groups,
      costs: costsOf(groups, BASELINE),
    })),
    refusals,
    turns,
    controlHalfWidth: worst,
    isSteady: worst <= MAX_CONTROL_HALF_WIDTH,
  };
}

/** The report as text for a terminal. */
export function printReport({ scenarios, refusals, turns, controlHalfWidth, isSteady }: Report): string {
  const percent = `${(controlHalfWidth * 100).toFixed(1)} %`;
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.filter(({ costs }) => costs.length > 0).map(({ name, costs }) => scenarioTable(name, costs)),
    ...refusals.map((refusal) => `REFUSED: ${refusal}`),
    `${turns.made} turns, ${turns.quiet} of them while the machine was quiet`,
    `A/A: bare Nest against itself is known to ${percent} (at most ${MAX_CONTROL_HALF_WIDTH * 100} % are allowed)` +
      (isSteady ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}
