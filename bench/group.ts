/** CPU microseconds per request in one round: of the baseline before and after all others of a group, and of these. */
export interface Turn {
  before: number;
  after: number;
  others: ReadonlyMap<string, number>;
}

/** How many times its quiet cost the baseline may cost before and after a turn that counts as quiet. */
const QUIET = 1.15;
/** The share of all turns that are taken to be quiet for certain. */
const CERTAINLY_QUIET = 0.2;

/** Variants that are measured one directly after the other in each round, between two measurements of the baseline. */
export class Group {
  readonly baseline: string;
  readonly others: readonly string[];
  readonly #turns: Turn[] = [];

  constructor(baseline: string, others: readonly string[]) {
    this.baseline = baseline;
    this.others = others;
  }

  get turns(): readonly Turn[] {
    return this.#turns;
  }

  add(turn: Turn): void {
    this.#turns.push(turn);
  }

  /** How many turns were quiet, where the baseline costs so much on a quiet machine. */
  quietTurns(quietCost: number): number {
    return this.#turns.filter((turn) => noiseOf(turn) <= quietCost * QUIET).length;
  }

  /** The figures of so many turns, the quietest ones. */
  figures(count: number): Map<string, number[]> {
    const turns = this.#turns.toSorted((one, other) => noiseOf(one) - noiseOf(other)).slice(0, count);
    const figuresOf = (name: string) => turns.flatMap(({ others }) => others.get(name) ?? []);
    return new Map([
      [this.baseline, turns.map(({ before, after }) => (before + after) / 2)],
      ...this.others.map((name): [string, number[]] => [name, figuresOf(name)]),
    ]);
  }
}

/** What disturbs the machine comes in bursts, so one that touched a turn is seen on one side of it at least. */
function noiseOf({ before, after }: Turn): number {
  return Math.max(before, after);
}

/** What the baseline costs while nothing disturbs it, as far as these groups saw it. */
export function quietCost(groups: readonly Group[]): number {
  const costs = groups.flatMap(({ turns }) => turns.flatMap(({ before, after }) => [before, after]));
  return costs.toSorted((a, b) => a - b)[Math.floor(costs.length * CERTAINLY_QUIET)] ?? Infinity;
}
