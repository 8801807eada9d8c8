import { expect, it } from 'vitest';
import type { Measurement } from '../measurement.ts';
import type { Results } from '../results-file.ts';
import { CONTROL, WHOLE } from '../variants.ts';
import { compareCosts, comparisonTable } from './comparison.ts';

const committedAt = (median: number) =>
  ({ scenarios: [{ name: 'Express GET', variants: [{ name: WHOLE, median }] }] }) as unknown as Results;

function measuredAt(median: number, { noise = 0.02, refusals = [] as string[] } = {}): Measurement {
  const suite = { name: WHOLE, microseconds: 60, low: median, high: median, median };
  const control = { name: CONTROL, microseconds: 30, low: 1 - noise, high: 1 + noise, median: 1 };
  const scenarios = [{ name: 'Express GET', variants: [control, suite] }];
  return { scenarios, refusals, heats: { Express: 2 } };
}

const verdict = (committed: number, now: Measurement) =>
  compareCosts(committedAt(committed), WHOLE, now, WHOLE).verdict;

it('passes what costs up to 1.15 times the committed figure and fails what costs more', () => {
  expect(verdict(2, measuredAt(2.29))).toBe('passed');
  expect(verdict(2, measuredAt(2.31))).toBe('failed');
  // The same measurement, held against a figure that is too low.
  expect(verdict(1.9, measuredAt(2.29))).toBe('failed');
});

it('says how well bare Nest is known, and judges all the same', () => {
  const noisy = { noise: 0.2 };
  expect(compareCosts(committedAt(2), WHOLE, measuredAt(1, noisy), WHOLE)).toMatchObject({
    verdict: 'passed',
    because: 'the suite costs what it did; bare Nest is known to 20.0 %',
  });
  expect(verdict(2, measuredAt(9, noisy))).toBe('failed');
});

it('fails what was not measured', () => {
  expect(verdict(2, measuredAt(Number.NaN))).toBe('failed');
});

it('fails a suite that drops its work', () => {
  const refusal = `${WHOLE} on Express: 512 requests left 511 spans behind`;
  const { because } = compareCosts(committedAt(2), WHOLE, measuredAt(1, { refusals: [refusal] }), WHOLE);
  expect(because).toBe(refusal);
});

it('refuses results that tell nothing of what is compared', () => {
  const results = { scenarios: [] } as unknown as Results;
  expect(() => compareCosts(results, WHOLE, measuredAt(2), WHOLE)).toThrow(
    'tells nothing of the whole suite in Express GET',
  );
});

it('shows both figures', () => {
  expect(comparisonTable(compareCosts(committedAt(2), WHOLE, measuredAt(3), WHOLE)).split('\n')).toEqual([
    'over bare Nest  committed    now  of it',
    'Express GET         ×2.00  ×3.00   1.50  too much',
  ]);
});
