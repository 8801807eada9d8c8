import { type MedianInterval, medianInterval } from '../median-interval.ts';
import { type AdapterName, placeName } from '../scenarios.ts';
import type { Setting } from '../setting.ts';
import { textTable } from '../text-table.ts';
import { BASELINE } from '../variants.ts';

/** What one request takes of one variant, in instructions of the server process. */
export interface InstructionCount {
  name: string;
  instructions: number;
  /** In multiples of bare Nest. */
  ratio: number;
}

export interface InstructionsResult {
  counts: Readonly<Record<AdapterName, readonly InstructionCount[]>>;
  setting: Setting;
}

/** Compares what was counted in slices, by the name of the variant: now and then there is a collection in one of them. */
export function instructionCounts(slices: ReadonlyMap<string, readonly number[]>): InstructionCount[] {
  const bare = medianInterval(slices.get(BASELINE)!).median;
  return [...slices].map(([name, values]) => {
    const { median } = medianInterval(values);
    return { name, instructions: median, ratio: median / bare };
  });
}

/** What was counted on one adapter as lines for a terminal. */
export function instructionsTable(adapter: AdapterName, slices: ReadonlyMap<string, readonly number[]>): string {
  const title = `${placeName({ runtime: 'Nest 12', adapter })}, instructions of one request`;
  const rows = instructionCounts(slices).map(({ name, ratio }) => row(name, medianInterval(slices.get(name)!), ratio));
  return textTable([title, 'median', '95 % interval', ''], rows);
}

function row(name: string, { median, low, high }: MedianInterval, ratio: number): string[] {
  return [name, median.toFixed(0), `${low.toFixed(0)} to ${high.toFixed(0)}`, `×${ratio.toFixed(2)}`];
}
