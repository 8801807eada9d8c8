import { type Place, placeName, PLACES, type Scenario } from './scenarios.ts';
import { Turns } from './turns.ts';
import { BASELINE, takesPart, type Variant } from './variants.ts';

/** Variants that are measured together beside bare Nest, in all scenarios of one place that all of them take part in. */
export class Group {
  readonly place: Place;
  readonly bare: Variant;
  readonly others: readonly Variant[];
  /** What was measured so far. */
  readonly turns: ReadonlyMap<Scenario, Turns>;
  /** Why no figure of this group counts, if one of its servers failed. */
  refusal: string | undefined;

  constructor(place: Place, bare: Variant, others: readonly Variant[], scenarios: readonly Scenario[]) {
    this.place = place;
    this.bare = bare;
    this.others = others;
    this.turns = new Map(scenarios.map((scenario) => [scenario, new Turns(bare.name)]));
  }

  get title(): string {
    return `${this.others.map(({ name }) => name).join(' and ')} on ${placeName(this.place)}`;
  }
}

/** All groups in which variants are to be measured. */
export function groupsOf(variants: readonly Variant[], scenarios: readonly Scenario[]): Group[] {
  return PLACES.flatMap((place) => {
    const here = variants.filter(({ runtime }) => runtime === place.runtime);
    const around = scenarios.filter(({ runtime, adapter }) => runtime === place.runtime && adapter === place.adapter);
    return comparedAmong(here)
      .map((others) => new Group(place, here.find(isBare)!, others, scenariosOf(others, around)))
      .filter(({ turns }) => turns.size > 0);
  });
}

/** Who is compared with bare Nest together: each variant with its twin if it has one, and otherwise alone. */
function comparedAmong(variants: readonly Variant[]): Variant[][] {
  const twins = new Set(variants.map(({ twin }) => twin));
  return variants
    .filter((variant) => !isBare(variant) && !twins.has(variant.name))
    .map((variant) => [...variants.filter(({ name }) => name === variant.twin), variant]);
}

function isBare({ name }: Variant): boolean {
  return name === BASELINE;
}

function scenariosOf(variants: readonly Variant[], scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter((scenario) => variants.every((variant) => takesPart(variant, scenario)));
}
