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
  /** Whether to go on from what a run that was stopped has measured. */
  again: boolean;
}

// Twelve thousand requests on each route: in trials, costs fell until about then.
const HEAT = { warmUpRounds: 6, turnsPerHeat: 4, requestsPerTurn: 8 * SPAN_BATCH };
export const PLANS: Record<Form, Plan> = {
  full: { ...HEAT, variants: VARIANTS, heats: 5, maxHeats: 15 },
  short: { ...HEAT, variants: SUMMARY, heats: 2, maxHeats: 2, requestsPerTurn: 4 * SPAN_BATCH },
};

const START_UP = { adapter: ADAPTERS[0], requests: 100_000 };
const START_UP_PLANS: Record<Form, StartUpPlan> = {
  full: { ...START_UP, variants: STARTED, starts: 5, loadedStarts: 1 },
  short: { ...START_UP, variants: STARTED.filter((variant) => SUMMARY.includes(variant)), starts: 3, loadedStarts: 1 },
};

export const USAGE = 'Usage: npm run bench -- [--short] [--again] [--seed <number>] [--heats <number>]';

/** Reads the command line, or fails saying what is wrong with it and how it is used. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { short = false, again = false, seed = randomSeed(), heats } = valuesIn(args);
  const form = short ? 'short' : 'full';
  const plan = PLANS[form];
  return {
    form,
    seed: numberIn('seed', seed),
    plan: heats === undefined ? plan : withHeats(plan, numberIn('heats', heats)),
    startUpPlan: START_UP_PLANS[form],
    again,
  };
}

/** As many times more at most as the plan allows. */
function withHeats(plan: Plan, heats: number): Plan {
  return { ...plan, heats, maxHeats: (heats * plan.maxHeats) / plan.heats };
}

function valuesIn(args: readonly string[]): { short?: boolean; again?: boolean; seed?: string; heats?: string } {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { short: flag, again: flag, seed: text, heats: text } as const;
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
