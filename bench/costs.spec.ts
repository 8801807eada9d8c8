import { describe, expect, it } from 'vitest';
import { controlHalfWidth, costsOf, isSteady, multipleOf, worstHalfWidth } from './costs.ts';
import { BASELINE, CONTROL } from './variants.ts';

const names = [BASELINE, 'suite', 'older', 'newer'];
const starts = [
  // The second turn was slow, for all of them.
  [
    { [BASELINE]: 10, suite: 15, older: 20, newer: 10 },
    { [BASELINE]: 80, suite: 120, older: 160, newer: 80 },
    { [BASELINE]: 10, suite: 15, older: 20, newer: 10 },
  ],
  [{ [BASELINE]: 12, suite: 18, older: 24, newer: 12 }],
];

describe('costsOf', () => {
  it('divides figures that were taken at the same time, so that a slow moment changes nothing', () => {
    const costs = costsOf(names, starts);
    expect(costs.map(({ name, low, median, high }) => [name, low, median, high])).toEqual([
      [BASELINE, 1, 1, 1],
      ['suite', 1.5, 1.5, 1.5],
      ['older', 2, 2, 2],
      ['newer', 1, 1, 1],
    ]);
    expect(costs.map(({ microseconds }) => microseconds)).toEqual([11, 16.5, 22, 11]);
  });

  it('has one figure a start, whatever its turns were like, and an interval of how far starts differ', () => {
    const turns = (...suite: number[]) => suite.map((cost) => ({ [BASELINE]: 1, suite: cost }));
    const [cost] = costsOf(['suite'], [turns(2, 9, 2), turns(2.2, 2.2, 2.2, 2.2), turns(2.1, 0.1, 2.1)]);
    expect(cost).toEqual({ name: 'suite', median: 2.1, low: 2, high: 2.2, microseconds: 2.1 });
  });

  it('holds both servers of bare Nest against each other, and all others against both', () => {
    const costs = costsOf([BASELINE, CONTROL, 'suite'], [[{ [BASELINE]: 10, [CONTROL]: 12, suite: 22 }]]);
    expect(costs.map(({ median }) => median)).toEqual([1, 1.2, 2]);
  });

  it('leaves out the starts in which somebody was not measured, and whoever was in none', () => {
    const costs = costsOf(['suite', 'nobody'], [[{ [BASELINE]: 1 }], [{ [BASELINE]: 2, suite: 6 }], []]);
    expect(costs.map(({ name, median }) => [name, median])).toEqual([['suite', 3]]);
  });
});

describe('multipleOf', () => {
  const costs = { name: 'Express GET', variants: costsOf(names, starts) };

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
  it.each([
    [0.98, 1, 1.01, 0.015],
    [0.95, 1, 1.06, 0.055],
    [1.05, 1.06, 1.07, 0.06],
    [0.92, 0.93, 0.94, 0.07],
  ])('is, for %f, %f and %f, half the width or the distance of the middle from 1', (low, median, high, expected) => {
    const control = { name: CONTROL, microseconds: 1, low, median, high };
    expect(controlHalfWidth({ name: 'GET', variants: [control] })).toBeCloseTo(expected);
  });

  it('is infinite without a control', () => {
    expect(controlHalfWidth({ name: 'GET', variants: costsOf(names, starts) })).toBe(Infinity);
  });
});

describe('a scenario', () => {
  const bare = { name: BASELINE, microseconds: 30, median: 1, low: 1, high: 1 };
  const scenario = (control: number) => ({ name: '', variants: [bare, { ...bare, name: CONTROL, median: control }] });

  it('is steady whose control costs what bare Nest costs', () => {
    expect([scenario(1.049), scenario(1.051)].map(isSteady)).toEqual([true, false]);
  });

  it('is not steady without a control', () => {
    const without = { name: '', variants: [bare] };
    expect(isSteady(without)).toBe(false);
    expect(worstHalfWidth([scenario(1), without])).toBe(Infinity);
  });
});
