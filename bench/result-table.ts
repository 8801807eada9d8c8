import type { VariantCost } from './costs.ts';

const BAR_OF_ONE = 16;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The costs of one scenario as lines for a terminal: multiples of the baseline, their interval and a bar. */
export function scenarioTable(title: string, costs: readonly VariantCost[]): string {
  const width = Math.max(title.length, ...costs.map(({ name }) => name.length + 2));
  const head = `${title.padEnd(width)}  ${'µs'.padStart(6)}  ${'median'.padStart(6)}  95 % interval`;
  const rows = costs.map(({ name, microseconds, median, low, high }) =>
    [
      `  ${name}`.padEnd(width),
      microseconds.toFixed(1).padStart(6),
      median.toFixed(2).padStart(6),
      `${low.toFixed(2)} to ${high.toFixed(2)}`.padEnd(13),
      bar(median),
    ].join('  '),
  );
  return [head, ...rows].join('\n');
}

function bar(ratio: number): string {
  const eighths = Math.round(ratio * BAR_OF_ONE * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}
