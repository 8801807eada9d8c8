import { medianInterval } from './median-interval.ts';
import { type Figures, halfWidth, pairedRatios } from './ratios.ts';
import type { Scenario } from './scenarios.ts';
import { BASELINE, CONTROL, takesPart, type Variant } from './variants.ts';

/** Who is measured together with bare Nest: each variant with its twin if it has one, and otherwise alone. */
export function groupsAmong(variants: readonly Variant[]): Variant[][] {
  const twins = new Set(variants.map(({ twin }) => twin));
  return variants
    .filter(({ name }) => name !== BASELINE && !twins.has(name))
    .map((variant) => [...variants.filter(({ name }) => name === variant.twin), variant]);
}

/** Those of some scenarios that all of a group take part in. */
export function scenariosOf(group: readonly Variant[], scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter((scenario) => group.every((variant) => takesPart(variant, scenario)));
}

/** How far bare Nest seems to be off from itself; infinite where that was not measured. */
export function controlHalfWidth(groups: readonly Figures[]): number {
  const isMeasured = groups.some((group) => group.has(CONTROL) && group.has(BASELINE));
  return isMeasured ? halfWidth(medianInterval(pairedRatios(groups, CONTROL, BASELINE))) : Infinity;
}
