import { parseArgs } from 'node:util';
import type { Plan } from './measurement.ts';
import { SUMMARY, VARIANTS } from './variants.ts';

export interface BenchOptions {
  plan: Plan;
  form: 'full' | 'short';
  /** What the random order is made from. */
  seed: number;
}

// Whole batches of spans: one that is not full waits a second for more, and every slice would wait with it.
const BATCH = 512;

const PLANS: Record<BenchOptions['form'], Plan> = {
  full: { variants: VARIANTS, rounds: 24, requestsPerSlice: 6 * BATCH, warmUpSlices: 4 },
  short: { variants: SUMMARY, rounds: 14, requestsPerSlice: 6 * BATCH, warmUpSlices: 4 },
};

export const USAGE = 'Usage: npm run bench -- [--short] [--seed <number>]';

/** Reads the command line, or fails saying what is wrong with it. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
  });
  const { seed = `${Date.now() % 1_000_000}` } = values;
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed "${seed}" is not a number. Use one of up to nine digits.`);
  const form = values.short ? 'short' : 'full';
  return { form, plan: PLANS[form], seed: Number(seed) };
}
