import { expect, it } from 'vitest';
import type { Measurement } from './measurement.ts';
import { together } from './steady-measurement.ts';
import { CONTROL } from './variants.ts';

function measured(name: string, halfWidth: number, refusals: string[] = []): Measurement {
  const control = { name: CONTROL, microseconds: 30, median: 1, low: 1, high: 1 + halfWidth };
  return { scenarios: [{ name, variants: [control] }], turns: { made: 10, quiet: 6 }, refusals };
}

it('takes of each scenario what knows bare Nest better, and every refusal', () => {
  const [noisy, steady, other] = [measured('GET', 0.2), measured('GET', 0.03, ['suite']), measured('POST', 0.1)];
  const expected = {
    scenarios: [...steady.scenarios, ...other.scenarios],
    turns: { made: 30, quiet: 18 },
    refusals: ['suite'],
  };
  expect(together(together(noisy, steady), other)).toEqual(expected);
  expect(together(together(steady, noisy), other)).toEqual(expected);
});
