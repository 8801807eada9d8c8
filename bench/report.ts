import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { BenchOptions } from './bench-options.ts';
import type { Refusal } from './fleet.ts';
import type { Measurement } from './measurement.ts';
import { costsOf, halfWidth, type VariantCost } from './ratios.ts';
import { scenarioTable } from './result-table.ts';
import { placeName, scenarioName } from './scenarios.ts';
import { BASELINE, CONTROL } from './variants.ts';

const MAX_HALF_WIDTH = 0.05;

/** One attempt: what everything costs, and whether the machine was quiet enough to say so. */
export interface Report {
  scenarios: { name: string; costs: VariantCost[] }[];
  refusals: readonly Refusal[];
  /** The worst half-width of the control over the scenarios; infinite where it could not be measured. */
  controlHalfWidth: number;
  isSteady: boolean;
}

export function reportOn({ scenarios, refusals }: Measurement): Report {
  const compared = scenarios.map(({ scenario, figures }) => ({
    name: scenarioName(scenario),
    costs: figures.has(BASELINE) ? costsOf(figures, BASELINE) : [],
  }));
  const controls = compared.map(({ costs }) => costs.find(({ name }) => name === CONTROL));
  const controlHalfWidth = Math.max(...controls.map((cost) => (cost ? halfWidth(cost) : Infinity)));
  return { scenarios: compared, refusals, controlHalfWidth, isSteady: controlHalfWidth <= MAX_HALF_WIDTH };
}

/** The report as text for a terminal. */
export function printReport({ scenarios, refusals, controlHalfWidth, isSteady }: Report): string {
  const percent = `${(controlHalfWidth * 100).toFixed(1)} %`;
  return [
    'CPU per request of the server process, in multiples of bare Nest',
    ...scenarios.filter(({ costs }) => costs.length > 0).map(({ name, costs }) => scenarioTable(name, costs)),
    ...refusals.map(({ variant, reason, ...place }) => `REFUSED: ${variant} on ${placeName(place)}: ${reason}`),
    `A/A: bare Nest against itself is known to ${percent} (at most ${MAX_HALF_WIDTH * 100} % are allowed)` +
      (isSteady ? '' : ': too noisy to tell anything'),
  ].join('\n\n');
}

/** What `results.json` holds. */
export function resultsOf(reports: readonly Report[], { form, plan, seed }: BenchOptions, cores: string): object {
  const { scenarios, refusals, controlHalfWidth, isSteady } = reports.at(-1)!;
  return {
    verdict: isSteady && refusals.length === 0 ? 'passed' : 'failed',
    measuredAt: new Date().toISOString(),
    form,
    rounds: plan.rounds,
    requestsPerSlice: plan.requestsPerSlice,
    seed,
    attempts: reports.length,
    node: process.version,
    nest: versionOf('@nestjs/core'),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores,
    controlHalfWidth,
    refusals,
    scenarios: scenarios.map(({ name, costs }) => ({ name, variants: costs.map(rounded) })),
  };
}

function rounded({ name, microseconds, median, low, high, ratios }: VariantCost): object {
  const round = (value: number) => Number(value.toFixed(3));
  const figures = { microseconds: round(microseconds), median: round(median), low: round(low), high: round(high) };
  return { name, ...figures, ratios: ratios.map(round) };
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
