import { controlHalfWidth, multipleOf, type ScenarioCosts } from './costs.ts';
import type { CostLimit, Limit, StartLimit } from './limits.ts';
import type { StartCost } from './start-up.ts';
import { textTable } from './text-table.ts';

/** One line of what is asked, with what was measured. */
export interface Verdict {
  what: string;
  asked: number;
  atMost: number;
  measured: number | undefined;
  verdict: 'as asked' | 'allowed' | 'too much' | 'not measured';
}

/** What the limits are held against. */
export interface Measured {
  scenarios: readonly ScenarioCosts[];
  starts: readonly StartCost[];
}

/** Holds each limit against what was measured. */
export function judge(limits: readonly Limit[], measured: Measured): Verdict[] {
  return limits.map((limit) => {
    const { what, atMost } = limit;
    const [value, asked] = limit.kind === 'start' ? startValue(limit, measured) : costValue(limit, measured);
    return { what, asked, atMost, measured: value, verdict: verdictOn(value, asked, atMost) };
  });
}

type Value = [measured: number | undefined, asked: number];

function startValue({ variant, figure, asked }: StartLimit, { starts }: Measured): Value {
  return [starts.find(({ name }) => name === variant)?.[figure], asked];
}

function costValue({ scenario, variant, over, asked, atMost }: CostLimit, { scenarios }: Measured): Value {
  const costs = scenarios.find(({ name }) => name === scenario) ?? { name: scenario, variants: [] };
  const wanted = asked === 'A/A' ? Math.min(1 + controlHalfWidth(costs), atMost) : asked;
  return [multipleOf(costs, variant, over), wanted];
}

function verdictOn(value: number | undefined, asked: number, atMost: number): Verdict['verdict'] {
  if (value === undefined) return 'not measured';
  if (value <= asked) return 'as asked';
  return value <= atMost ? 'allowed' : 'too much';
}

/** The verdicts as lines for a terminal. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const head = ['what is asked', 'asked', 'at most', 'measured', 'verdict'];
  return textTable(head, verdicts.map(verdictRow));
}

/** The cells of one line. */
export function verdictRow({ what, asked, atMost, measured, verdict }: Verdict): string[] {
  return [what, figure(asked), figure(atMost), measured === undefined ? '–' : figure(measured), verdict];
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
