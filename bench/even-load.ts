import type { Turn } from './costs.ts';
import { SPAN_BATCH } from './scenarios.ts';
import { BASELINE } from './variants.ts';

/**
 * Answers how many requests each server gets, in whole batches, so that all of them are under load until about the same
 * moment: as many as it answers in the CPU time that bare Nest needs for its own, by what a request cost both before.
 */
export function evenLoad(requestsOfBaseline: number, before: Turn): Record<string, number> {
  const share = requestsOfBaseline * before[BASELINE]!;
  const loads = Object.entries(before).map(([name, cost]) => [name, wholeBatches(share / cost)]);
  return Object.fromEntries(loads) as Record<string, number>;
}

function wholeBatches(requests: number): number {
  return Math.max(1, Math.round(requests / SPAN_BATCH)) * SPAN_BATCH;
}
