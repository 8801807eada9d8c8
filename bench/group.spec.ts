import { describe, expect, it } from 'vitest';
import { type Group, groupsOf } from './group.ts';
import { placeName, PLACES, SCENARIOS, scenarioName } from './scenarios.ts';
import { BASELINE, VARIANTS } from './variants.ts';

describe('groupsOf', () => {
  const groups = groupsOf(VARIANTS, SCENARIOS);
  const titled = (title: string): Group => groups.find((group) => group.title === title)!;

  it('has each variant once in every place, and bare Nest of the same runtime in each group', () => {
    const members = groups.flatMap(({ others, place }) =>
      others.map(({ name, runtime }) => [name, runtime, place.adapter]),
    );
    const expected = PLACES.flatMap(({ runtime, adapter }) =>
      VARIANTS.filter((variant) => variant.runtime === runtime && variant.name !== BASELINE).map(({ name }) => [
        name,
        runtime,
        adapter,
      ]),
    );
    expect(members.toSorted()).toEqual(expected.toSorted());
    for (const { bare, others } of groups) expect([bare.name, bare.runtime]).toEqual([BASELINE, others[0]!.runtime]);
  });

  it('has those together that are compared with each other', () => {
    expect(titled('no tracing module and tracing: false on Fastify').others).toHaveLength(2);
  });

  it('looks at the scenarios that all of a group take part in', () => {
    const routes = [...titled('audit alone on Express').turns.keys()].map(scenarioName);
    expect(routes).toEqual(['Express GET', 'Express audited POST']);
    const [scenario] = titled('the whole suite on Nest 11 Fastify').turns.keys();
    expect(placeName(scenario!)).toBe('Nest 11 Fastify');
  });

  it('has no group without a scenario', () => {
    expect(groupsOf(VARIANTS, SCENARIOS.slice(0, 1)).every(({ turns }) => turns.size === 1)).toBe(true);
  });
});
