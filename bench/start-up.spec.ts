import { expect, it } from 'vitest';
import { startUpTable } from './start-up-table.ts';
import { startCosts } from './start-up.ts';
import { VARIANTS, WHOLE } from './variants.ts';

const [bare] = VARIANTS;
const suite = VARIANTS.find(({ name }) => name === WHOLE)!;

const figures = new Map([
  [bare!.name, { cpuMs: [300, 310, 290], residentMb: [90, 91, 89], loadedMb: [120] }],
  [suite.name, { cpuMs: [500, 450, 400], residentMb: [130, 131, 132], loadedMb: [119] }],
]);

it('compares medians, so that one slow start changes nothing', () => {
  const [first, second] = startCosts(figures, [bare!, suite]);
  expect(first).toMatchObject({ cpuRatio: 1, residentOverMb: 0 });
  expect(second).toMatchObject({ cpuMs: 450, cpuRatio: 1.5, residentOverMb: 41, loadedOverMb: -1 });
});

it('shows what each takes, and how much more than bare Nest', () => {
  expect(startUpTable('Express', startCosts(figures, [bare!, suite])).split('\n')).toEqual([
    'Express          CPU ms     ×   MB  more  MB loaded  more',
    'bare Nest           300  1.00   90     0        120     0',
    'the whole suite     450  1.50  131   +41        119    −1',
  ]);
});
