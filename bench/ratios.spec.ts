import { describe, expect, it } from 'vitest';
import { costsOf, halfWidth, pairedRatios } from './ratios.ts';

const figures = new Map([
  ['bare', [10, 80, 10, 20, 10, 10]],
  ['suite', [15, 120, 15, 30, 15, 15]],
  ['older', [20, 160, 20, 40, 20, 20]],
]);

describe('costsOf', () => {
  it('divides figures of the same round, so that a slow round changes nothing', () => {
    const [bare, suite] = costsOf(figures, 'bare');
    expect(bare).toMatchObject({ name: 'bare', median: 1, low: 1, high: 1 });
    expect(suite).toMatchObject({ name: 'suite', median: 1.5, low: 1.5, high: 1.5, microseconds: 15 });
  });
});

describe('pairedRatios', () => {
  it('compares any two', () => {
    expect(pairedRatios(figures, 'suite', 'older')).toEqual(Array(6).fill(0.75));
  });

  it('refuses figures that make no pairs', () => {
    expect(() => pairedRatios(new Map([...figures, ['suite', [15]]]), 'suite', 'bare')).toThrow(
      'suite has 1 figures and bare 6',
    );
    expect(() => pairedRatios(figures, 'bare', 'naked')).toThrow('"naked" was not measured');
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
