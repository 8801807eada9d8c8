import { MAX_GROWTH, MAX_HEAP_GROWTH_MB } from '../limits.ts';
import { medianInterval } from '../median-interval.ts';
import type { Setting } from '../setting.ts';
import { textTable } from '../text-table.ts';

/** What one server took in the first and the last window. */
export interface GrownFigures {
  /** CPU microseconds per request, one figure a slice. */
  first: readonly number[];
  last: readonly number[];
  /** The mean over all slices: whatever happened seldom is in it. */
  mean: number;
  /** Heap after two collections at the end of each window. */
  firstHeapMb: number;
  lastHeapMb: number;
}

/** A server and bare Nest, measured in the same windows. */
export interface GrowthFigures {
  requests: number;
  window: number;
  series: number;
  records: number;
  grown: GrownFigures;
  bare: GrownFigures;
}

/** What `results.json` holds of it. */
export interface GrowthResult {
  verdict: 'passed' | 'failed';
  /** CPU per request over bare Nest in the last window, divided by the same in the first one. */
  cpuGrowth: number;
  /** Mean CPU per request over all of the run, in multiples of bare Nest, with every collection of the heap. */
  meanRatio: number;
  /** Heap at the end, less heap after the first window. */
  heapGrowthMb: number;
  requests: number;
  window: number;
  series: number;
  records: number;
  /** CPU microseconds per request. */
  first: number;
  last: number;
  bareFirst: number;
  bareLast: number;
  heapMb: number;
  setting?: Setting;
}

/** Holds the growth against its limits; a short run, which cannot tell a tenth, is given a wider one. */
export function growthResult(figures: GrowthFigures, maxGrowth = MAX_GROWTH): GrowthResult {
  const { grown, bare, ...counts } = figures;
  const cpuGrowth = overBare(grown.last, bare.last) / overBare(grown.first, bare.first);
  const heapGrowthMb = grown.lastHeapMb - grown.firstHeapMb;
  return {
    verdict: cpuGrowth <= maxGrowth && heapGrowthMb <= MAX_HEAP_GROWTH_MB ? 'passed' : 'failed',
    cpuGrowth,
    meanRatio: grown.mean / bare.mean,
    heapGrowthMb,
    ...counts,
    first: medianInterval(grown.first).median,
    last: medianInterval(grown.last).median,
    bareFirst: medianInterval(bare.first).median,
    bareLast: medianInterval(bare.last).median,
    heapMb: grown.lastHeapMb,
  };
}

/** The result as lines for a terminal. */
export function growthTable(result: GrowthResult): string {
  const rows = [
    ['CPU per request, the suite', microseconds(result.first), microseconds(result.last), ''],
    ['CPU per request, bare Nest', microseconds(result.bareFirst), microseconds(result.bareLast), ''],
    ['how many times as much', times(result.first / result.bareFirst), times(result.last / result.bareLast), ''],
    ['mean of all, how many times as much', '', times(result.meanRatio), ''],
    ['growth of the windows', '', times(result.cpuGrowth), `at most ${times(MAX_GROWTH)}`],
    [
      'heap after two collections',
      megabytes(result.heapMb - result.heapGrowthMb),
      megabytes(result.heapMb),
      `at most ${megabytes(MAX_HEAP_GROWTH_MB)} more`,
    ],
  ];
  const { requests, window, series, records } = result;
  const said = `${thousands(requests)} requests, ${thousands(series)} series, ${thousands(records)} audit records`;
  return `${said}\n\n${textTable(['', `first ${thousands(window)}`, `last ${thousands(window)}`, ''], rows)}`;
}

function overBare(figures: readonly number[], bare: readonly number[]): number {
  return medianInterval(figures.map((value, slice) => value / bare[slice]!)).median;
}

const microseconds = (value: number): string => `${value.toFixed(1)} µs`;
const megabytes = (value: number): string => `${value.toFixed(1)} MB`;
const times = (value: number): string => `×${value.toFixed(2)}`;
const thousands = (value: number): string => value.toLocaleString('en-US');
