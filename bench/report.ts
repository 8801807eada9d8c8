import { controlHalfWidth, type ScenarioCosts } from './costs.ts';
import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import type { Measurement } from './measurement.ts';
import { scenarioTable } from './result-table.ts';

/** Whether the machine was quiet enough to tell what anything costs in a scenario. */
export function isSteady(costs: ScenarioCosts): boolean {
  return controlHalfWidth(costs) <= MAX_CONTROL_HALF_WIDTH;
}

/** How far bare Nest is off from itself in the scenario where that is most. */
export function worstHalfWidth(scenarios: readonly ScenarioCosts[]): number {
  return Math.max(...scenarios.map(controlHalfWidth));
}

/** The measurement as text for a terminal. */
export function printReport({ scenarios, refusals, turns }: Measurement): string {
  const percent = `${(worstHalfWidth(scenarios) * 100).toFixed(1)} %`;
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.map(({ name, variants }) => scenarioTable(name, variants)),
    ...refusals.map((refusal) => `REFUSED: ${refusal}`),
    `${turns.made} turns, ${turns.quiet} of them while the machine was quiet`,
    `A/A: bare Nest against itself is known to ${percent} (at most ${MAX_CONTROL_HALF_WIDTH * 100} % are allowed)` +
      (scenarios.every(isSteady) ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}
