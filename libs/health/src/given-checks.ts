import type { DeclaredCheck } from './contributor-plan.js';
import type { CheckFunction, CheckIndicator } from './contributor.options.js';
import { FunctionIndicator } from './indicators/function.indicator.js';

/** The checks that the options name. */
export function givenChecks(contributors: readonly (CheckFunction | CheckIndicator)[]): DeclaredCheck[] {
  return contributors.map((given, index) => {
    const declaredBy = `health.contributors[${index}]`;
    if ('indicator' in given) return { ...given, declaredBy };
    const { name, check, ...options } = given;
    if (typeof check !== 'function') {
      throw new Error(`HealthModule: ${declaredBy} ("${name}") has no check. Give a function, or an indicator.`);
    }
    return { ...options, indicator: new FunctionIndicator(name, check), declaredBy };
  });
}
