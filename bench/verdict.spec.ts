import { expect, it } from 'vitest';
import type { CostLimit, Limit } from './limits.ts';
import type { StartCost } from './start-up.ts';
import { CONTROL } from './variants.ts';
import { judge, verdictTable } from './verdict.ts';

const bounds = { asked: 2, atMost: 2.5 };
const cost = (variant: string, over: string): CostLimit => ({
  kind: 'cost',
  what: `${variant} over ${over}`,
  scenario: 'Express GET',
  variant,
  over,
  ...bounds,
});
const memory: Limit = {
  kind: 'start',
  what: 'memory',
  variant: 'suite',
  figure: 'residentOverMb',
  asked: 60,
  atMost: 90,
};

const times = (name: string, median: number) => ({
  name,
  median,
  low: median - 0.03,
  high: median + 0.03,
  microseconds: 1,
});

const measured = {
  scenarios: [
    {
      name: 'Express GET',
      variants: [times('bare', 1), times(CONTROL, 1), times('cheap', 2), times('dear', 2.5), times('dearest', 2.6)],
    },
  ],
  starts: [{ name: 'suite', residentOverMb: 91 } as StartCost],
};

it('tells what is as it was asked, what is allowed, what is too much and what nobody measured', () => {
  const limits = [cost('cheap', 'bare'), cost('dear', 'bare'), cost('dearest', 'bare'), cost('suite', 'bare')];
  expect(judge([...limits, memory, cost('dearest', 'dear')], measured).map(({ verdict }) => verdict)).toEqual([
    'as asked',
    'allowed',
    'too much',
    'not measured',
    'too much',
    'as asked',
  ]);
});

it('asks of what is to cost the same that it differs no more than bare Nest does from itself', () => {
  const twins: Limit = { ...cost('dearest', 'dear'), asked: 'A/A', atMost: 1.05 };
  expect(judge([twins], measured)).toMatchObject([{ asked: 1.03, measured: 1.04, verdict: 'allowed' }]);
});

it('shows them as a table', () => {
  expect(verdictTable(judge([cost('dear', 'bare'), cost('suite', 'bare'), memory], measured)).split('\n')).toEqual([
    'what is asked    asked  at most  measured       verdict',
    'dear over bare    2.00     2.50      2.50       allowed',
    'suite over bare   2.00     2.50         –  not measured',
    'memory              60       90        91      too much',
  ]);
});
