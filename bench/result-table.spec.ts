import { expect, it } from 'vitest';
import { scenarioTable } from './result-table.ts';

it('shows medians under each other with bars in proportion', () => {
  const costs = [
    { name: 'bare Nest', microseconds: 31.52, median: 1, low: 1, high: 1 },
    { name: 'the whole suite', microseconds: 63.04, median: 2, low: 1.9, high: 2.114 },
    { name: 'half an eighth', microseconds: 1, median: 1 / 128, low: 0, high: 12.5 },
  ];
  expect(scenarioTable('Express GET', costs).split('\n')).toEqual([
    'Express GET            µs  median  95 % interval',
    '  bare Nest          31.5    1.00  1.00 to 1.00   ████████████████',
    '  the whole suite    63.0    2.00  1.90 to 2.11   ████████████████████████████████',
    '  half an eighth      1.0    0.01  0.00 to 12.50  ▏',
  ]);
});
