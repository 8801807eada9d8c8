import { describe, expect, it } from 'vitest';
import { controlHalfWidth, groupsAmong, scenariosOf } from './groups.ts';
import { AUDITED, GET, SCENARIOS } from './scenarios.ts';
import { BASELINE, CONTROL, VARIANTS, WHOLE } from './variants.ts';

const named = (group: readonly { name: string }[]) => group.map(({ name }) => name);

describe('groupsAmong', () => {
  it('has each variant once, beside its twin if it has one', () => {
    const here = VARIANTS.filter(({ runtime }) => runtime === 'Nest 12');
    const groups = groupsAmong(here).map(named);
    expect(groups).toContainEqual([CONTROL]);
    expect(groups).toContainEqual(['no tracing module', 'tracing: false']);
    expect([BASELINE, ...groups.flat()].toSorted()).toEqual(named(here).toSorted());
  });
});

describe('scenariosOf', () => {
  it('are those that all of a group take part in', () => {
    const group = VARIANTS.filter(
      ({ name, runtime }) => runtime === 'Nest 12' && [WHOLE, 'audit alone'].includes(name),
    );
    const routes = scenariosOf(group, SCENARIOS).map(({ runtime, route }) => `${runtime} ${route.name}`);
    expect(new Set(routes)).toEqual(new Set([`Nest 12 ${GET}`, `Nest 12 ${AUDITED}`]));
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
