import { type MedianInterval, medianInterval } from './median-interval.ts';

/** CPU microseconds per request, one figure a round, by the name of the variant. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** What one variant costs in one scenario. */
export interface VariantCost extends MedianInterval {
  name: string;
  /** Median CPU of one request. */
  microseconds: number;
}

/** Compares each variant with the baseline. */
export function costsOf(figures: Figures, baseline: string): VariantCost[] {
  return [...figures].map(([name, values]) => ({
    name,
    ...medianInterval(pairedRatios(figures, name, baseline)),
    microseconds: medianInterval(values).median,
  }));
}

/** Divides each figure by the other variant's of the same round, so that what slows a round cancels out. */
export function pairedRatios(figures: Figures, name: string, over: string): number[] {
  const values = valuesOf(figures, name);
  const others = valuesOf(figures, over);
  if (values.length !== others.length) {
    throw new Error(`${name} has ${values.length} figures and ${over} ${others.length}: they make no pairs.`);
  }
  return values.map((value, round) => value / others[round]!);
}

function valuesOf(figures: Figures, name: string): readonly number[] {
  const values = figures.get(name);
  if (!values) throw new Error(`"${name}" was not measured, so there is nothing to divide.`);
  return values;
}

/** How far from 1 the multiple of a control may lie that costs by definition the same as the baseline. */
export function halfWidth({ low, high }: MedianInterval): number {
  return Math.max(Math.abs(low - 1), Math.abs(high - 1));
}
