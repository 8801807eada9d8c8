import { expect, it } from 'vitest';
import { BASELINE, WHOLE } from '../variants.ts';
import { instructionCounts, instructionsTable } from './instructions-result.ts';

it('compares medians, so that a collection in one slice changes nothing', () => {
  const slices = new Map([
    [BASELINE, [100_000, 100_200, 99_800, 160_000, 100_000, 100_000, 100_000]],
    [WHOLE, [230_000, 230_000, 500_000]],
  ]);
  expect(instructionCounts(slices)).toEqual([
    { name: BASELINE, instructions: 100_000, ratio: 1 },
    { name: WHOLE, instructions: 230_000, ratio: 2.3 },
  ]);
  expect(instructionsTable('express', slices).split('\n')).toEqual([
    'Express, instructions of one request  median     95 % interval',
    'bare Nest                             100000   99800 to 160000  ×1.00',
    'the whole suite                       230000  230000 to 500000  ×2.30',
  ]);
});
