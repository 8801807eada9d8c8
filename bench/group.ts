/** CPU microseconds per request, taken one directly after the other: of the baseline before and after all others of a group, and of these. */
export interface Turn {
  before: number;
  after: number;
  others: ReadonlyMap<string, number>;
}

/** How many times its quiet cost the baseline may cost on either side of a quiet turn. */
const QUIET = 1.15;
/** The share of the baseline's measurements that are taken for quiet in any case. */
const SURELY_QUIET = 0.2;

/** Variants that are measured together, between two measurements of the baseline. */
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
  countQuiet(quietMicroseconds: number): number {
    return this.#turns.filter((turn) => dearerSide(turn) <= quietMicroseconds * QUIET).length;
  }

  /** The figures of so many turns, the quietest ones; fewer of a variant that was not measured in all of them. */
  figures(count: number): Map<string, number[]> {
    const turns = this.#turns.toSorted((one, other) => dearerSide(one) - dearerSide(other)).slice(0, count);
    const figuresOf = (name: string) => turns.flatMap(({ others }) => others.get(name) ?? []);
    return new Map([
      [this.baseline, turns.map(({ before, after }) => (before + after) / 2)],
      ...this.others.map((name): [string, number[]] => [name, figuresOf(name)]),
    ]);
  }
}

/** What disturbs the machine comes in bursts, so one that touched a turn is most often seen on one side of it. */
function dearerSide({ before, after }: Turn): number {
  return Math.max(before, after);
}

/** What the baseline costs while nothing disturbs it, as far as these groups saw it. */
export function quietCost(groups: readonly Group[]): number {
  const costs = groups.flatMap(({ turns }) => turns.flatMap(({ before, after }) => [before, after]));
  return costs.toSorted((a, b) => a - b)[Math.floor(costs.length * SURELY_QUIET)] ?? Infinity;
}
