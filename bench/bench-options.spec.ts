import { expect, it } from 'vitest';
import { readBenchOptions } from './bench-options.ts';

it('measures in full with a seed of its own unless told otherwise', () => {
  expect(readBenchOptions([])).toMatchObject({ form: 'full' });
  const short = readBenchOptions(['--short', '--seed', '12']);
  expect(short).toMatchObject({ form: 'short', seed: 12 });
  expect(short.plan.variants.length).toBeLessThan(readBenchOptions([]).plan.variants.length);
});

it.each([
  [['--seed', 'twelve'], '--seed "twelve" is not a number'],
  [['--quick'], '--quick'],
  [['express'], 'express'],
])('refuses %j', (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
