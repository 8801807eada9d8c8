import { describe, expect, it } from 'vitest';
import { Group, quietCost } from './group.ts';

function groupOf(turns: readonly (readonly [before: number, suite: number, after: number])[]): Group {
  const group = new Group('bare', ['suite']);
  for (const [before, suite, after] of turns) group.add({ before, after, others: new Map([['suite', suite]]) });
  return group;
}

describe('Group', () => {
  const group = groupOf([
    [18, 40, 10],
    [10, 21, 11],
    [10, 70, 19],
    [11, 20, 10],
    [10, 22, 12],
  ]);

  it('compares the turns in which nothing disturbed the baseline on either side', () => {
    expect([...group.figures(3)]).toEqual([
      ['bare', [10.5, 10.5, 11]],
      ['suite', [21, 20, 22]],
    ]);
  });

  it('takes what there is of a machine that never was quiet', () => {
    expect(group.figures(4).get('suite')).toEqual([21, 20, 22, 40]);
  });

  it('counts what is near to the quiet cost', () => {
    expect([group.countQuiet(10), group.countQuiet(11)]).toEqual([2, 3]);
  });

  it('leaves out what was not measured', () => {
    const lacking = groupOf([[10, 21, 11]]);
    lacking.add({ before: 1, after: 1, others: new Map() });
    expect(lacking.figures(2).get('suite')).toEqual([21]);
  });
});

describe('quietCost', () => {
  it('is what the baseline costs in the quietest fifth of all turns', () => {
    expect(
      quietCost([
        groupOf([[30, 0, 11]]),
        groupOf([
          [40, 0, 10],
          [12, 0, 50],
        ]),
      ]),
    ).toBe(11);
  });

  it('is unknown before the first turn', () => {
    expect(quietCost([groupOf([])])).toBe(Infinity);
  });
});
