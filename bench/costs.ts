import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import { type MedianInterval, medianInterval } from './median-interval.ts';
import { BASELINE, CONTROL } from './variants.ts';

/** CPU microseconds per request of those who were measured together, one figure a turn, by name. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** What one variant costs in one scenario, in multiples of bare Nest. */
export interface VariantCost extends MedianInterval {
  name: string;
  /** Median CPU of one request. */
  microseconds: number;
}

/** What everybody costs in one scenario. */
export interface ScenarioCosts {
  name: string;
  variants: readonly VariantCost[];
}

/** Divides each figure by that of bare Nest of the same turn, so that what slows a turn cancels out. */
export function costsOf(groups: readonly Figures[]): VariantCost[] {
  const names = new Set(groups.flatMap((group) => [...group.keys()]));
  return [...names].map((name) => {
    const own = groups.filter((group) => group.has(name));
    const multiples = own.flatMap((group) => quotients(group.get(name)!, group.get(BASELINE) ?? []));
    const { median: microseconds } = medianInterval(own.flatMap((group) => group.get(name)!));
    return { name, ...medianInterval(multiples), microseconds };
  });
}

function quotients(values: readonly number[], others: readonly number[]): number[] {
  if (values.length !== others.length) {
    throw new Error(`There are ${values.length} figures of one and ${others.length} of the other: they make no pairs.`);
  }
  return values.map((value, turn) => value / others[turn]!);
}

/** How many times another variant one costs, by how many times bare Nest each of them does. */
export function multipleOf(costs: ScenarioCosts, name: string, over: string): number | undefined {
  const [own, other] = [costOf(costs, name), costOf(costs, over)];
  return own && other && own.median / other.median;
}

/** What one variant costs, if it was measured. */
export function costOf({ variants }: ScenarioCosts, name: string): VariantCost | undefined {
  return variants.find((variant) => variant.name === name);
}

/** How far from 1 bare Nest seems to be when it is held against itself; infinite where that was not measured. */
export function controlHalfWidth(costs: ScenarioCosts): number {
  const control = costOf(costs, CONTROL);
  return control ? Math.max(Math.abs(control.low - 1), Math.abs(control.high - 1)) : Infinity;
}

/** Whether the machine was quiet enough to tell what anything costs in a scenario. */
export function isSteady(costs: ScenarioCosts): boolean {
  return controlHalfWidth(costs) <= MAX_CONTROL_HALF_WIDTH;
}

/** How far bare Nest is off from itself in the scenario where that is most. */
export function worstHalfWidth(scenarios: readonly ScenarioCosts[]): number {
  return Math.max(...scenarios.map(controlHalfWidth));
}

/** The same for people. */
export function shownHalfWidth(scenarios: readonly ScenarioCosts[]): string {
  return `${(worstHalfWidth(scenarios) * 100).toFixed(1)} %`;
}
