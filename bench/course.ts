import { costsOf, isSteady, type ScenarioCosts } from './costs.ts';
import type { Heat } from './heat.ts';
import { type Place, placeName, PLACES, type Scenario, scenarioName } from './scenarios.ts';
import { BASELINE, CONTROL, takesPart, type Variant } from './variants.ts';

/** What is measured in one place, and what is known of it so far. */
export class Course {
  readonly place: Place;
  readonly scenarios: readonly Scenario[];
  readonly #variants: readonly Variant[];
  readonly #heats: Heat[];

  constructor(place: Place, variants: readonly Variant[], scenarios: readonly Scenario[], heats: readonly Heat[] = []) {
    this.place = place;
    this.scenarios = scenarios;
    this.#variants = variants;
    this.#heats = heats.filter((heat) => heat.place === placeName(place));
  }

  /** How many heats there were. */
  get heats(): number {
    return this.#heats.length;
  }

  add(heat: Heat): void {
    this.#heats.push(heat);
  }

  /** Why somebody is left out, by name. */
  get refusals(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.#heats.map(({ refusals }) => refusals)) as Record<string, string>;
  }

  /** Who has not failed in any heat. */
  get variants(): Variant[] {
    return this.#variants.filter(({ name }) => !(name in this.refusals));
  }

  /** What everybody costs who has not failed; nothing is known without bare Nest. */
  costs(): ScenarioCosts[] {
    if (this.heats === 0 || BASELINE in this.refusals) return [];
    return this.scenarios.map((scenario) => {
      const name = scenarioName(scenario);
      const names = this.variants.filter((variant) => takesPart(variant, scenario)).map((variant) => variant.name);
      const starts = this.#heats.map(({ turns }) => turns[name] ?? []);
      return { name, variants: costsOf(names, starts) };
    });
  }

  /** Whether one more heat is wanted: up to so many in any case, and more while bare Nest is not known well enough. */
  lacksHeat(atLeast: number, atMost: number): boolean {
    if (BASELINE in this.refusals) return false;
    if (this.heats < atLeast) return true;
    return this.heats < atMost && !(CONTROL in this.refusals) && !this.costs().every(isSteady);
  }
}

/** All places in which a variant takes part in one of these scenarios, with the heats that there were. */
export function coursesOf(
  variants: readonly Variant[],
  scenarios: readonly Scenario[],
  heats: readonly Heat[] = [],
): Course[] {
  return PLACES.flatMap((place) => {
    const around = scenarios.filter((scenario) => placeName(scenario) === placeName(place));
    const here = around.filter((scenario) => variants.some((variant) => takesPart(variant, scenario)));
    const members = variants.filter((variant) => here.some((scenario) => takesPart(variant, scenario)));
    return here.length === 0 ? [] : [new Course(place, members, here, heats)];
  });
}
