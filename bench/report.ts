import type { Refusal } from './fleet.ts';
import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import type { Measurement } from './measurement.ts';
import { costsOf, type Figures, halfWidth, type VariantCost } from './ratios.ts';
import { scenarioTable } from './result-table.ts';
import { placeName, scenarioName } from './scenarios.ts';
import { BASELINE, CONTROL } from './variants.ts';

/** One attempt: what everything costs, and whether the machine was quiet enough to say so. */
export interface Report {
  scenarios: { name: string; figures: Figures; costs: VariantCost[] }[];
  refusals: readonly Refusal[];
  /** The worst half-width of the control over the scenarios; infinite where it could not be measured. */
  controlHalfWidth: number;
  isSteady: boolean;
}

/** Compares everything with its baseline; the control may be off by so much. */
export function reportOn(measurement: Measurement, maxHalfWidth = MAX_CONTROL_HALF_WIDTH): Report {
  const scenarios = measurement.scenarios.map(({ scenario, figures }) => ({
    name: scenarioName(scenario),
    figures,
    costs: figures.has(BASELINE) ? costsOf(figures, BASELINE) : [],
  }));
  const controls = scenarios.map(({ costs }) => costs.find(({ name }) => name === CONTROL));
  const controlHalfWidth = Math.max(...controls.map((cost) => (cost ? halfWidth(cost) : Infinity)));
  return {
    scenarios,
    refusals: measurement.refusals,
    controlHalfWidth,
    isSteady: controlHalfWidth <= maxHalfWidth,
  };
}

/** The report as text for a terminal. */
export function printReport({ scenarios, refusals, controlHalfWidth, isSteady }: Report): string {
  const percent = `${(controlHalfWidth * 100).toFixed(1)} %`;
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.filter(({ costs }) => costs.length > 0).map(({ name, costs }) => scenarioTable(name, costs)),
    ...refusals.map(({ variant, reason, ...place }) => `REFUSED: ${variant} on ${placeName(place)}: ${reason}`),
    `A/A: bare Nest against itself is known to ${percent} (at most ${MAX_CONTROL_HALF_WIDTH * 100} % are allowed)` +
      (isSteady ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}
