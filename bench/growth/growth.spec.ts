import { expect, it } from 'vitest';
import type { Variant } from '../variants.ts';
import { GROWING_SUITE, LEAKING } from './growing-variants.ts';
import { type GrowthResult, growthResult } from './growth-result.ts';
import { type GrowthPlan, measureGrowth } from './growth-run.ts';

// So short a run knows a leak from none; only the long one tells a tenth.
const MAX_GROWTH_OF_SHORT_RUN = 1.3;
const SHORT: GrowthPlan = {
  requestsPerSlice: 1_024,
  warmUpSlices: 14,
  slices: 40,
  windowSlices: 12,
  growth: { requestsPerSeries: 20, maxSeries: 2_000, requestsPerRecord: 50 },
};

async function grow(variant: Variant): Promise<GrowthResult> {
  return growthResult(await measureGrowth({ plan: SHORT, variant, serverPrefix: [] }), MAX_GROWTH_OF_SHORT_RUN);
}

it(
  'costs and holds as much after tens of thousands of requests as after the first ones',
  { timeout: 120_000 },
  async () => {
    const result = await grow(GROWING_SUITE);
    expect(result).toMatchObject({ verdict: 'passed', requests: 40_960, series: 2_000, records: 1_106 });
  },
);

it('would notice a server that keeps something of every request', { timeout: 120_000 }, async () => {
  const { verdict, cpuGrowth, heapGrowthMb } = await grow(LEAKING);
  expect(verdict).toBe('failed');
  expect(cpuGrowth).toBeGreaterThan(MAX_GROWTH_OF_SHORT_RUN);
  expect(heapGrowthMb).toBeGreaterThan(10);
});

it('holds the multiple of bare Nest against its first one, not the time itself', () => {
  const counts = { requests: 4, window: 2, series: 0, records: 0 };
  const heap = { firstHeapMb: 30, lastHeapMb: 41 };
  const bare = { first: [10, 12], last: [20, 24], mean: 16, ...heap };
  const grown = { first: [20, 24], last: [40, 48], mean: 40, firstHeapMb: 30, lastHeapMb: 40 };
  expect(growthResult({ ...counts, bare, grown })).toMatchObject({
    verdict: 'passed',
    cpuGrowth: 1,
    meanRatio: 2.5,
    heapGrowthMb: 10,
  });
  expect(growthResult({ ...counts, bare, grown: { ...grown, last: [45, 53] } }).verdict).toBe('failed');
  expect(growthResult({ ...counts, bare, grown: { ...grown, ...heap } }).verdict).toBe('failed');
});
