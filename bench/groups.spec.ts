import { describe, expect, it } from 'vitest';
import { controlHalfWidth, groupsIn } from './groups.ts';
import { GET, SCENARIOS } from './scenarios.ts';
import { BASELINE, CONTROL, SUMMARY, takesPart, VARIANTS, WHOLE } from './variants.ts';

const scenario = SCENARIOS.find(({ route }) => route.name === GET)!;

describe('groupsIn', () => {
  it('measures each variant directly beside the baseline, and beside its twin', () => {
    const groups = groupsIn(scenario, VARIANTS).map(({ baseline, others }) => [baseline, ...others]);
    expect(groups).toContainEqual([BASELINE, CONTROL]);
    expect(groups).toContainEqual([BASELINE, WHOLE]);
    expect(groups).toContainEqual([BASELINE, 'all six false']);
    expect(groups).toContainEqual([BASELINE, 'no tracing module', 'tracing: false']);
    const names = groups.flat().filter((name) => name !== BASELINE);
    const taking = VARIANTS.filter((variant) => takesPart(variant, scenario)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(taking.filter((name) => name !== BASELINE).toSorted());
  });

  it('has nothing to measure where nobody takes part', () => {
    expect(groupsIn({ ...scenario, runtime: 'Nest 11' }, SUMMARY)).toEqual([]);
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
