import type { StartCost } from './start-up.ts';
import { textTable } from './text-table.ts';

const NOT_LOOKED_AT = '–';
const HEAD = ['', 'CPU ms', '×', 'MB', 'more', 'MB loaded', 'more'];

/** What each variant takes until it listens and what it holds, as lines for a terminal. */
export function startUpTable(title: string, costs: readonly StartCost[]): string {
  const [, ...figures] = HEAD;
  return textTable([title, ...figures], costs.map(startUpRow));
}

/** The cells of one variant. */
export function startUpRow(cost: StartCost): string[] {
  return [
    cost.name,
    cost.cpuMs.toFixed(0),
    cost.cpuRatio.toFixed(2),
    cost.residentMb.toFixed(0),
    signed(cost.residentOverMb),
    cost.loadedMb?.toFixed(0) ?? NOT_LOOKED_AT,
    cost.loadedOverMb === undefined ? NOT_LOOKED_AT : signed(cost.loadedOverMb),
  ];
}

function signed(megabytes: number): string {
  const whole = Math.round(megabytes);
  return whole === 0 ? '0' : `${whole > 0 ? '+' : '−'}${Math.abs(whole)}`;
}
