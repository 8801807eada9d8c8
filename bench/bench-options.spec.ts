import { expect, it } from 'vitest';
import { readBenchOptions } from './bench-options.ts';

it('measures in full with a seed of its own unless told otherwise', () => {
  expect(readBenchOptions([])).toMatchObject({ form: 'full', attempts: 3, again: false });
  const short = readBenchOptions(['--short', '--seed', '12', '--turns', '6']);
  expect(short).toMatchObject({ form: 'short', seed: 12, plan: { quietTurns: 6, turnsPerVisit: 7, maxVisits: 1 } });
  expect(readBenchOptions(['--turns', '36']).plan).toMatchObject({ quietTurns: 36, turnsPerVisit: 6, maxVisits: 12 });
  expect(short.plan.variants.length).toBeLessThan(readBenchOptions([]).plan.variants.length);
});

it.each([
  [['--seed', 'twelve'], '--seed "twelve" is not a number'],
  [['--turns', '0'], '--turns "0" is not a number'],
  [['--short', '--again'], '--short is none'],
  [['--quick'], 'Usage: npm run bench'],
  [['express'], 'express'],
])('refuses %j', (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
