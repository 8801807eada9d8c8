import { expect, it } from 'vitest';
import type { Setting } from '../setting.ts';
import { instructionsResult } from './instructions-result.ts';

it('compares medians, so that a collection in one slice changes nothing', () => {
  const bare = [100_000, 100_200, 99_800, 160_000, 100_000, 100_000, 100_000];
  const { result, table } = instructionsResult(bare, [230_000, 230_000, 500_000], {} as Setting);
  expect(result).toMatchObject({ bare: 100_000, suite: 230_000, ratio: 2.3 });
  expect(table.split('\n')).toEqual([
    'instructions of one request  median     95 % interval',
    'bare Nest                    100000   99800 to 160000  ×1.00',
    'the whole suite              230000  230000 to 500000  ×2.30',
  ]);
});
