import { describe, expect, it } from 'vitest';
import { medianInterval } from './median-interval.ts';
import { seededRandom } from './seeded-random.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('medianInterval', () => {
  it.each([
    [[3], 3],
    [[9, 1], 5],
    [[5, 100, 1], 5],
    [[4, 1, 3, 2], 2.5],
  ])('finds the middle of %j', (values, median) => {
    expect(medianInterval(values).median).toBe(median);
  });

  // The ranks are those of the tables for the sign test.
  it.each([
    [1, 1, 1],
    [5, 1, 5],
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [12, 3, 10],
    [20, 6, 15],
    [40, 14, 27],
  ])('takes, of %i values, those of rank %i and %i for the ends', (count, low, high) => {
    expect(medianInterval(upTo(count).toReversed())).toMatchObject({ low, high });
  });

  it('has the true median inside in at least 95 of 100 samples, and not in all of them', () => {
    const random = seededRandom(1);
    const samples = 2_000;
    let inside = 0;
    for (let sample = 0; sample < samples; sample += 1) {
      const { low, high } = medianInterval(upTo(20).map(() => random() ** 3));
      if (low <= 0.125 && 0.125 <= high) inside += 1;
    }
    expect(inside / samples).toBeGreaterThan(0.94);
    expect(inside / samples).toBeLessThan(0.99);
  });

  it('refuses to tell the middle of nothing', () => {
    expect(() => medianInterval([])).toThrow('Measure at least one');
  });
});
