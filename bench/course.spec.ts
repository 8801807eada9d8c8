import { describe, expect, it } from 'vitest';
import { type Course, coursesOf } from './course.ts';
import type { Heat } from './heat.ts';
import { placeName, SCENARIOS, scenarioName } from './scenarios.ts';
import { BASELINE, CONTROL, SUMMARY, VARIANTS, WHOLE } from './variants.ts';

const GETS = SCENARIOS.filter((scenario) => scenarioName(scenario) === 'Express GET');

/** A heat in which each costs so much, in multiples of bare Nest. */
function heat(multiples: Record<string, number>, refusals: Record<string, string> = {}, place = 'Express'): Heat {
  return { place, turns: { [`${place} GET`]: [{ [BASELINE]: 1, ...multiples }] }, refusals };
}

function course(...heats: Heat[]): Course {
  return coursesOf(SUMMARY, GETS, heats)[0]!;
}

describe('coursesOf', () => {
  it('has all variants of a place together, in every scenario that one of them takes part in', () => {
    const courses = coursesOf(VARIANTS, SCENARIOS).map(({ place, variants, scenarios }) => ({
      place: placeName(place),
      isWhole: variants.length === VARIANTS.filter(({ runtime }) => runtime === place.runtime).length,
      scenarios: scenarios.length,
    }));
    expect(courses).toEqual([
      { place: 'Express', isWhole: true, scenarios: 4 },
      { place: 'Fastify', isWhole: true, scenarios: 4 },
      { place: 'Nest 11 Express', isWhole: true, scenarios: 1 },
      { place: 'Nest 11 Fastify', isWhole: true, scenarios: 1 },
    ]);
  });

  it('goes on from the heats of the same place', () => {
    expect(course(heat({}), heat({}, {}, 'Fastify')).heats).toBe(1);
  });
});

describe('a course', () => {
  it('leaves out whoever failed once, with all of its figures', () => {
    const own = course(heat({ [CONTROL]: 1, [WHOLE]: 2 }));
    const names = () => own.costs().flatMap(({ variants }) => variants.map(({ name }) => name));
    expect(names()).toEqual([BASELINE, CONTROL, WHOLE]);
    own.add(heat({ [CONTROL]: 1 }, { [WHOLE]: 'it ended' }));
    expect(names()).toEqual([BASELINE, CONTROL]);
    expect(own.variants.map(({ name }) => name)).not.toContain(WHOLE);
    expect(own.refusals).toEqual({ [WHOLE]: 'it ended' });
  });

  it('is over when bare Nest fails, and nothing is known', () => {
    const own = course(heat({ [CONTROL]: 1 }), heat({}, { [BASELINE]: 'it ended' }));
    expect(own.costs()).toEqual([]);
    expect(own.lacksHeat(5, 15)).toBe(false);
  });

  it.each([
    ['too few', [1], true],
    ['steady', [1, 1.01], false],
    ['not steady', [1, 1.12], true],
    ['not steady, and enough', [1, 1.12, 1, 1], false],
  ])('lacks a heat or not where its heats are %s', (_what, controls, lacks) => {
    expect(course(...controls.map((control) => heat({ [CONTROL]: control }))).lacksHeat(2, 4)).toBe(lacks);
  });

  it('lacks none that could not tell how well bare Nest is known', () => {
    const own = course(heat({}), heat({}, { [CONTROL]: 'it ended' }));
    expect(own.lacksHeat(2, 4)).toBe(false);
  });
});
