import { MAX_CONTROL_HALF_WIDTH } from './limits.ts';
import { type MedianInterval, medianInterval } from './median-interval.ts';
import { BASELINE, CONTROL } from './variants.ts';

/** CPU microseconds per request of all that were under load at the same time, by name. */
export type Turn = Readonly<Record<string, number>>;

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

/**
 * Answers what each of them costs by the turns of every start. The figure of a start is the median of its turns, and the
 * interval tells how far starts differ: a server is compiled well or badly once, whatever is measured of it afterwards.
 */
export function costsOf(names: readonly string[], starts: readonly (readonly Turn[])[]): VariantCost[] {
  return names.flatMap((name) => {
    const own = starts.map((turns) => turns.filter((turn) => name in turn)).filter((turns) => turns.length > 0);
    if (own.length === 0) return [];
    // What disturbs a turn is felt by all who are under load in it, and cancels out.
    const multiples = own.map((turns) => medianOf(turns.map((turn) => multipleIn(turn, name))));
    const microseconds = medianOf(own.map((turns) => medianOf(turns.map((turn) => turn[name]!))));
    return [{ name, ...medianInterval(multiples), microseconds }];
  });
}

/**
 * Bare Nest runs twice. The two are held against each other, and all others against what both of them cost on average, so
 * that one that was compiled badly moves them by half of it.
 */
function multipleIn(turn: Turn, name: string): number {
  const bare = turn[BASELINE]!;
  if (name === BASELINE) return 1;
  return turn[name]! / (name === CONTROL ? bare : (bare + (turn[CONTROL] ?? bare)) / 2);
}

function medianOf(values: readonly number[]): number {
  return medianInterval(values).median;
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

/**
 * How well bare Nest is known that is held against itself: half the width of the interval, or how far its middle is from 1
 * if that is more. Infinite where it was not measured.
 */
export function controlHalfWidth(costs: ScenarioCosts): number {
  const control = costOf(costs, CONTROL);
  return control ? Math.max((control.high - control.low) / 2, Math.abs(control.median - 1)) : Infinity;
}

/** Whether bare Nest is known well enough to tell what anything costs in a scenario. */
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
