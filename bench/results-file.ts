import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactJson } from './compact-json.ts';
import type { ScenarioCosts } from './costs.ts';
import type { GrowthResult } from './growth/growth-result.ts';
import type { InstructionsResult } from './instructions/instructions-result.ts';
import type { Setting } from './setting.ts';
import type { StartCost } from './start-up.ts';
import type { Verdict } from './verdict.ts';

/** What was measured last, in full; `npm run bench` writes most of it, and two more commands a part each. */
export interface Results {
  verdict: 'passed' | 'failed';
  form: 'full' | 'short';
  seed: number;
  /** How often all servers of a place were started, by its name. */
  heats: Readonly<Record<string, number>>;
  turnsPerHeat: number;
  requestsPerTurn: number;
  setting: Setting;
  refusals: readonly string[];
  verdicts: readonly Verdict[];
  scenarios: readonly ScenarioCosts[];
  starts: readonly StartCost[];
  growth?: GrowthResult;
  instructions?: InstructionsResult;
}

/** The results that are committed. */
export const RESULTS_PATH = join(import.meta.dirname, 'results.json');
/** Those of a short run, which are not. */
export const SHORT_RESULTS_PATH = join(import.meta.dirname, 'results.short.json');

export function readResults(path = RESULTS_PATH): Results {
  if (!existsSync(path)) throw new Error(`${path} does not exist. Run "npm run bench" to measure it.`);
  return JSON.parse(readFileSync(path, 'utf8')) as Results;
}

/** Replaces a part of the results and leaves what other commands measured. */
export function writeResults(part: Partial<Results>, path = RESULTS_PATH): void {
  const before = existsSync(path) ? readResults(path) : {};
  const rounded = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value);
  const results: unknown = JSON.parse(JSON.stringify({ ...before, ...part }, rounded));
  writeFileSync(path, `${compactJson(results)}\n`);
}
