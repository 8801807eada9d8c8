import { Group } from './group.ts';
import { medianInterval } from './median-interval.ts';
import { type Figures, halfWidth, pairedRatios } from './ratios.ts';
import type { Scenario } from './scenarios.ts';
import { BASELINE, CONTROL, takesPart, type Variant } from './variants.ts';

/** Who is measured together in a scenario: each variant with bare Nest, and with its twin if it has one. */
export function groupsIn(scenario: Scenario, variants: readonly Variant[]): Group[] {
  const taking = variants.filter((variant) => takesPart(variant, scenario));
  const twins = new Set(taking.map(({ twin }) => twin));
  return taking
    .filter(({ name }) => name !== BASELINE && !twins.has(name))
    .map(({ name, twin }) => new Group(BASELINE, twin === undefined ? [name] : [twin, name]));
}

/** How far bare Nest seems to be off from itself; infinite where that was not measured. */
export function controlHalfWidth(groups: readonly Figures[]): number {
  const isMeasured = groups.some((group) => group.has(CONTROL) && group.has(BASELINE));
  return isMeasured ? halfWidth(medianInterval(pairedRatios(groups, CONTROL, BASELINE))) : Infinity;
}
