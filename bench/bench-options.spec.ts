import { expect, it } from 'vitest';
import { readBenchOptions } from './bench-options.ts';

it('measures in full with a seed of its own unless told otherwise', () => {
  expect(readBenchOptions([])).toMatchObject({ form: 'full', again: false, plan: { heats: 5, maxHeats: 15 } });
  const short = readBenchOptions(['--short', '--again', '--seed', '12', '--heats', '3']);
  expect(short).toMatchObject({ form: 'short', again: true, seed: 12, plan: { heats: 3, maxHeats: 3 } });
  expect(readBenchOptions(['--heats', '7']).plan).toMatchObject({ heats: 7, maxHeats: 21 });
  expect(short.plan.variants.length).toBeLessThan(readBenchOptions([]).plan.variants.length);
});

it.each([
  [['--seed', 'twelve'], '--seed "twelve" is not a number'],
  [['--heats', '0'], '--heats "0" is not a number'],
  [['--quick'], 'Usage: npm run bench'],
  [['express'], 'express'],
])('refuses %j', (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
