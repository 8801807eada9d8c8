import { describe, expect, it } from 'vitest';
import { controlHalfWidth, costsOf, isSteady, multipleOf, worstHalfWidth } from './costs.ts';
import { BASELINE, CONTROL } from './variants.ts';

const groups = [
  new Map([
    [BASELINE, [10, 80, 10, 20, 10, 10]],
    ['suite', [15, 120, 15, 30, 15, 15]],
  ]),
  // Measured a while later, when other rounds were slow, and in fewer turns.
  new Map([
    [BASELINE, [30, 10, 10]],
    ['older', [60, 20, 20]],
    ['newer', [30, 10, 10]],
  ]),
];

describe('costsOf', () => {
  it('divides figures that were taken together, so that a slow moment changes nothing', () => {
    const costs = costsOf(groups);
    expect(costs.map(({ name, low, median, high }) => [name, low, median, high])).toEqual([
      [BASELINE, 1, 1, 1],
      ['suite', 1.5, 1.5, 1.5],
      ['older', 2, 2, 2],
      ['newer', 1, 1, 1],
    ]);
    expect(costs.map(({ microseconds }) => microseconds)).toEqual([10, 15, 20, 10]);
  });

  it('refuses figures that make no pairs', () => {
    const uneven = [new Map([...groups[0]!, ['suite', [15]]])];
    expect(() => costsOf(uneven)).toThrow('There are 1 figures of one and 6 of the other');
    expect(() => costsOf([new Map([['alone', [1]]])])).toThrow('There are 1 figures of one and 0 of the other');
  });
});

describe('multipleOf', () => {
  const costs = { name: 'Express GET', variants: costsOf(groups) };

  it('compares any two by how they stand to bare Nest', () => {
    expect(multipleOf(costs, 'suite', 'older')).toBe(0.75);
    expect(multipleOf(costs, 'older', BASELINE)).toBe(2);
  });

  it('is unknown of who was not measured', () => {
    expect(multipleOf(costs, 'suite', 'oldest')).toBeUndefined();
    expect(multipleOf(costs, 'newest', BASELINE)).toBeUndefined();
  });
});

describe('controlHalfWidth', () => {
  const control = (low: number, high: number) => ({ name: CONTROL, microseconds: 1, median: 1, low, high });

  it.each([
    [0.98, 1.01, 0.02],
    [0.99, 1.06, 0.06],
    [1.04, 1.05, 0.05],
  ])('is, for %f to %f, the distance of the farther end from 1', (low, high, expected) => {
    expect(controlHalfWidth({ name: 'GET', variants: [control(low, high)] })).toBeCloseTo(expected);
  });

  it('is infinite without a control', () => {
    expect(controlHalfWidth({ name: 'GET', variants: costsOf(groups) })).toBe(Infinity);
  });
});

describe('a scenario', () => {
  const bare = { name: BASELINE, microseconds: 30, median: 1, low: 1, high: 1 };
  const scenario = (control: number) => ({ name: '', variants: [bare, { ...bare, name: CONTROL, high: control }] });

  it('is steady whose control costs what bare Nest costs', () => {
    expect([scenario(1.049), scenario(1.051)].map(isSteady)).toEqual([true, false]);
  });

  it('is not steady without a control', () => {
    const without = { name: '', variants: [bare] };
    expect(isSteady(without)).toBe(false);
    expect(worstHalfWidth([scenario(1), without])).toBe(Infinity);
  });
});
