import { parseArgs } from 'node:util';
import type { Plan } from './measurement.ts';
import { ADAPTERS, SPAN_BATCH } from './scenarios.ts';
import type { StartUpPlan } from './start-up.ts';
import { STARTED, SUMMARY, VARIANTS } from './variants.ts';

export type Form = 'full' | 'short';

export interface BenchOptions {
  form: Form;
  /** What the random order is made from. */
  seed: number;
  plan: Plan;
  startUpPlan: StartUpPlan;
  /** How often a scenario is measured at most in which bare Nest is not known well enough. */
  attempts: number;
  /** Whether to go on from the results that are there: with the scenarios that they do not know well enough. */
  again: boolean;
}

export const PLANS: Record<Form, Plan> = {
  full: {
    variants: VARIANTS,
    quietTurns: 18,
    turnsPerVisit: 6,
    maxVisits: 6,
    requestsPerSlice: 4 * SPAN_BATCH,
  },
  short: {
    variants: SUMMARY,
    quietTurns: 7,
    turnsPerVisit: 8,
    maxVisits: 1,
    requestsPerSlice: 4 * SPAN_BATCH,
  },
};

const MAX_ATTEMPTS = 3;
const START_UP = { adapter: ADAPTERS[0], requests: 100_000 };
const START_UP_PLANS: Record<Form, StartUpPlan> = {
  full: { ...START_UP, variants: STARTED, starts: 7, loadedStarts: 1 },
  short: { ...START_UP, variants: STARTED.filter((variant) => SUMMARY.includes(variant)), starts: 3, loadedStarts: 1 },
};

export const USAGE = 'Usage: npm run bench -- [--short | --again] [--seed <number>] [--turns <number>]';

/** Reads the command line, or fails saying what is wrong with it and how it is used. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { short = false, again = false, seed = randomSeed(), turns } = valuesIn(args);
  if (short && again) throw new Error(`--again goes on from a full run, and --short is none.\n${USAGE}`);
  const form = short ? 'short' : 'full';
  const plan = PLANS[form];
  return {
    form,
    seed: numberIn('seed', seed),
    plan: turns === undefined ? plan : withTurns(plan, numberIn('turns', turns)),
    startUpPlan: START_UP_PLANS[form],
    attempts: short ? 1 : MAX_ATTEMPTS,
    again,
  };
}

/** Fewer turns make the visits shorter, more turns make more visits. */
function withTurns(plan: Plan, quietTurns: number): Plan {
  const share = quietTurns / plan.quietTurns;
  const turnsPerVisit = Math.ceil(plan.turnsPerVisit * Math.min(share, 1));
  return { ...plan, quietTurns, turnsPerVisit, maxVisits: Math.ceil(plan.maxVisits * Math.max(share, 1)) };
}

function valuesIn(args: readonly string[]): { short?: boolean; again?: boolean; seed?: string; turns?: string } {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { short: flag, again: flag, seed: text, turns: text } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

function numberIn(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} "${text}" is not a number. Use one of up to nine digits.`);
}

/** What the random order is made from where nobody gave it. */
export function randomSeed(): string {
  return `${1 + (Date.now() % 1_000_000)}`;
}
