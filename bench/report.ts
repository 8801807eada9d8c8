import { isSteady, shownHalfWidth } from './costs.ts';
import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import type { Measurement } from './measurement.ts';
import { scenarioTable } from './result-table.ts';

/** The measurement as text for a terminal. */
export function printReport({ scenarios, refusals, turns }: Measurement): string {
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.map(({ name, variants }) => scenarioTable(name, variants)),
    ...refusals.map((refusal) => `REFUSED: ${refusal}`),
    `${turns.made} turns, ${turns.quiet} of them while the machine was quiet`,
    `A/A: bare Nest against itself is known to ${shownHalfWidth(scenarios)} (at most ${MAX_CONTROL_HALF_WIDTH * 100} % are allowed)` +
      (scenarios.every(isSteady) ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}
