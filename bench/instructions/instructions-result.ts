import { type MedianInterval, medianInterval } from '../median-interval.ts';
import type { Setting } from '../setting.ts';
import { textTable } from '../text-table.ts';
import { BASELINE, WHOLE } from '../variants.ts';

/** What one request takes, in instructions of the server process. */
export interface InstructionsResult {
  bare: number;
  suite: number;
  ratio: number;
  setting: Setting;
}

/** Compares what was counted in slices: now and then there is a collection in one of them. */
export function instructionsResult(bare: readonly number[], suite: readonly number[], setting: Setting) {
  const [ofBare, ofSuite] = [medianInterval(bare), medianInterval(suite)];
  const result: InstructionsResult = {
    bare: ofBare.median,
    suite: ofSuite.median,
    ratio: ofSuite.median / ofBare.median,
    setting,
  };
  const rows = [row(BASELINE, ofBare, 1), row(WHOLE, ofSuite, result.ratio)];
  return { result, table: textTable(['instructions of one request', 'median', '95 % interval', ''], rows) };
}

function row(name: string, { median, low, high }: MedianInterval, ratio: number): string[] {
  return [name, median.toFixed(0), `${low.toFixed(0)} to ${high.toFixed(0)}`, `×${ratio.toFixed(2)}`];
}
