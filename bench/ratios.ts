import { type MedianInterval, medianInterval } from './median-interval.ts';

/** CPU microseconds per request, one figure a round, by the name of the variant. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** What one variant costs in one scenario. */
export interface VariantCost extends MedianInterval {
  name: string;
  /** Median CPU of one request. */
  microseconds: number;
  /** Multiples of the baseline, each of two figures of the same round. */
  ratios: readonly number[];
}

/** Divides each figure by the one of the baseline in the same round, so that what slows a round cancels out. */
export function costsOf(figures: Figures, baseline: string): VariantCost[] {
  const bare = figures.get(baseline);
  if (!bare) throw new Error(`The baseline "${baseline}" was not measured, so there is nothing to divide by.`);
  return [...figures].map(([name, values]) => {
    if (values.length !== bare.length) {
      throw new Error(`${name} has ${values.length} figures and ${baseline} ${bare.length}: they make no pairs.`);
    }
    const ratios = values.map((value, round) => value / bare[round]!);
    return { name, ...medianInterval(ratios), microseconds: medianInterval(values).median, ratios };
  });
}

/** How far from 1 the multiple of a control may lie that costs by definition the same as the baseline. */
export function halfWidth({ low, high }: MedianInterval): number {
  return Math.max(Math.abs(low - 1), Math.abs(high - 1));
}
