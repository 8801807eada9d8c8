import { describe, expect, it } from 'vitest';
import { quietCost, Turns } from './turns.ts';

function turnsOf(all: readonly (readonly [before: number, suite: number, after: number])[]): Turns {
  const turns = new Turns('bare');
  for (const [before, suite, after] of all) turns.add({ before, after, others: new Map([['suite', suite]]) });
  return turns;
}

describe('Turns', () => {
  const turns = turnsOf([
    [18, 40, 10],
    [10, 21, 11],
    [10, 70, 19],
    [11, 20, 10],
    [10, 22, 12],
  ]);

  it('compares the turns in which nothing disturbed the baseline on either side', () => {
    expect([...turns.figures(1, 11)]).toEqual([
      ['bare', [10.5, 10.5, 11]],
      ['suite', [21, 20, 22]],
    ]);
  });

  it('takes what there is of a machine that never was quiet', () => {
    expect(turns.figures(4, 11).get('suite')).toEqual([21, 20, 22, 40]);
  });

  it('counts what is near to the quiet cost', () => {
    expect([turns.countQuiet(10), turns.countQuiet(11)]).toEqual([2, 3]);
  });
});

describe('quietCost', () => {
  it('is what the baseline costs in the quietest fifth of all turns', () => {
    expect(
      quietCost([
        turnsOf([[30, 0, 11]]),
        turnsOf([
          [40, 0, 10],
          [12, 0, 50],
        ]),
      ]),
    ).toBe(11);
  });

  it('is unknown before the first turn', () => {
    expect(quietCost([turnsOf([])])).toBe(Infinity);
  });
});
