import { describe, expect, it } from 'vitest';
import { controlHalfWidth, costsOf, halfWidth, pairedRatios } from './ratios.ts';
import { BASELINE, CONTROL } from './variants.ts';

const groups = [
  new Map([
    ['bare', [10, 80, 10, 20, 10, 10]],
    ['suite', [15, 120, 15, 30, 15, 15]],
  ]),
  // Measured a while later, when other rounds were slow.
  new Map([
    ['bare', [30, 10, 10, 10, 10, 10]],
    ['older', [60, 20, 20, 20, 20, 20]],
    ['newer', [30, 10, 10, 10, 10, 10]],
  ]),
];

describe('costsOf', () => {
  it('divides figures that were taken together, so that a slow moment changes nothing', () => {
    const costs = costsOf(groups, 'bare');
    expect(costs.map(({ name, low, median, high }) => [name, low, median, high])).toEqual([
      ['bare', 1, 1, 1],
      ['suite', 1.5, 1.5, 1.5],
      ['older', 2, 2, 2],
      ['newer', 1, 1, 1],
    ]);
    expect(costs.map(({ microseconds }) => microseconds)).toEqual([10, 15, 20, 10]);
  });
});

describe('pairedRatios', () => {
  it('compares any two that were measured together', () => {
    expect(pairedRatios(groups, 'newer', 'older')).toEqual(Array(6).fill(0.5));
  });

  it('compares two that were not by how they stand to whom both were measured with', () => {
    expect(pairedRatios(groups, 'suite', 'older')).toEqual(Array(6).fill(0.75));
  });

  it('refuses figures that make no pairs', () => {
    expect(() => pairedRatios([new Map([...groups[0]!, ['suite', [15]]])], 'suite', 'bare')).toThrow(
      'There are 1 figures of one and 6 of the other',
    );
    expect(() => pairedRatios(groups, 'bare', 'naked')).toThrow('"naked" was not measured');
    expect(() => pairedRatios([...groups, new Map([['alone', [1]]])], 'suite', 'alone')).toThrow('beside nobody');
  });
});

describe('halfWidth', () => {
  it.each([
    [0.98, 1.01, 0.02],
    [0.99, 1.06, 0.06],
    [1.04, 1.05, 0.05],
  ])('is, for %f to %f, the distance of the farther end from 1', (low, high, expected) => {
    expect(halfWidth({ low, high, median: 1 })).toBeCloseTo(expected);
  });
});

describe('controlHalfWidth', () => {
  const control = (values: number[]) => [new Map([[BASELINE, [10, 10, 10, 10, 10, 10]]]).set(CONTROL, values)];

  it('is how far bare Nest seems to be off from itself', () => {
    expect(controlHalfWidth(control([10, 11, 10, 10, 10, 9.8]))).toBeCloseTo(0.1);
  });

  it('is infinite without a control', () => {
    expect(controlHalfWidth([new Map([[BASELINE, [10]]]), new Map([[CONTROL, [10]]])])).toBe(Infinity);
  });
});
