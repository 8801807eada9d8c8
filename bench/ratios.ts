import { type MedianInterval, medianInterval } from './median-interval.ts';
import { BASELINE, CONTROL } from './variants.ts';

/** CPU microseconds per request of those who were measured together, one figure a turn, by name. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** What one variant costs in one scenario. */
export interface VariantCost extends MedianInterval {
  name: string;
  /** Median CPU of one request. */
  microseconds: number;
}

/** Compares each variant with the baseline, which every group has. */
export function costsOf(groups: readonly Figures[], baseline: string): VariantCost[] {
  const names = new Set(groups.flatMap((group) => [...group.keys()]));
  return [...names].map((name) => ({
    name,
    ...medianInterval(pairedRatios(groups, name, baseline)),
    microseconds: medianInterval(groups.flatMap((group) => group.get(name) ?? [])).median,
  }));
}

/**
 * Divides each figure by the other variant's of the same turn, so that what slows a turn cancels out. Two of different
 * groups are compared by how many times a third one they cost.
 */
export function pairedRatios(groups: readonly Figures[], name: string, over: string): number[] {
  const together = groups.find((group) => group.has(name) && group.has(over));
  if (together) return quotients(together.get(name)!, together.get(over)!);
  const [own, other] = [groupOf(groups, name), groupOf(groups, over)];
  const third = [...own.keys()].find((each) => other.has(each));
  if (third === undefined)
    throw new Error(`"${name}" and "${over}" were measured beside nobody that both can be held against.`);
  return quotients(pairedRatios([own], name, third), pairedRatios([other], over, third));
}

function groupOf(groups: readonly Figures[], name: string): Figures {
  const group = groups.find((each) => each.has(name));
  if (!group) throw new Error(`"${name}" was not measured, so there is nothing to divide.`);
  return group;
}

function quotients(values: readonly number[], others: readonly number[]): number[] {
  if (values.length !== others.length) {
    throw new Error(`There are ${values.length} figures of one and ${others.length} of the other: they make no pairs.`);
  }
  return values.map((value, turn) => value / others[turn]!);
}

/** How far bare Nest seems to be off from itself; infinite where that was not measured. */
export function controlHalfWidth(groups: readonly Figures[]): number {
  const isMeasured = groups.some((group) => group.has(CONTROL) && group.has(BASELINE));
  return isMeasured ? halfWidth(medianInterval(pairedRatios(groups, CONTROL, BASELINE))) : Infinity;
}

/** How far from 1 the multiple of a control may lie that costs by definition the same as the baseline. */
export function halfWidth({ low, high }: MedianInterval): number {
  return Math.max(Math.abs(low - 1), Math.abs(high - 1));
}
