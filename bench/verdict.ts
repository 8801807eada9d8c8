import type { Limit } from './limits.ts';
import { medianInterval } from './median-interval.ts';
import { type Figures, pairedRatios } from './ratios.ts';
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
  scenarios: readonly { name: string; groups: readonly Figures[] }[];
  starts: readonly StartCost[];
  /** How far bare Nest seems to be off from itself. */
  controlHalfWidth: number;
}

/** Holds each limit against what was measured. */
export function judge(limits: readonly Limit[], measured: Measured): Verdict[] {
  return limits.map((limit) => {
    const { what, atMost } = limit;
    const asked = limit.asked === 'A/A' ? 1 + measured.controlHalfWidth : limit.asked;
    const value = valueOf(limit, measured);
    return { what, asked, atMost, measured: value, verdict: verdictOn(value, asked, atMost) };
  });
}

function valueOf(limit: Limit, { scenarios, starts }: Measured): number | undefined {
  if (limit.kind === 'start') return starts.find(({ name }) => name === limit.variant)?.[limit.figure];
  const { scenario, variant, over } = limit;
  const groups = scenarios.find(({ name }) => name === scenario)?.groups ?? [];
  const isMeasured = [variant, over].every((name) => groups.some((group) => group.has(name)));
  return isMeasured ? medianInterval(pairedRatios(groups, variant, over)).median : undefined;
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
