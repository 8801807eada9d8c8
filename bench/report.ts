import { isSteady, shownHalfWidth } from './costs.ts';
import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import type { Measurement } from './measurement.ts';
import { scenarioTable } from './result-table.ts';

/** The measurement as text for a terminal. */
export function printReport({ scenarios, refusals, heats }: Measurement): string {
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.map(({ name, variants }) => scenarioTable(name, variants)),
    ...refusals.map((refusal) => `REFUSED: ${refusal}`),
    `Heats: ${shownHeats(heats)}`,
    `A/A: bare Nest against itself is known to ${shownHalfWidth(scenarios)} (at most ${MAX_CONTROL_HALF_WIDTH * 100} % are allowed)` +
      (scenarios.every(isSteady) ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}

function shownHeats(heats: Measurement['heats']): string {
  const counts = Object.entries(heats).map(([place, count]) => `${count} on ${place}`);
  return counts.join(', ');
}
