/** CPU microseconds per request, taken one directly after the other. */
export interface Turn {
  /** Of the baseline, before and after all others. */
  before: number;
  after: number;
  /** Of the others, by name. */
  others: ReadonlyMap<string, number>;
}

/** How many times its quiet cost the baseline may cost on either side of a quiet turn. */
const QUIET = 1.15;
/** The share of the baseline's measurements that are taken for quiet in any case. */
const SURELY_QUIET = 0.2;

/** What was measured of a group in one scenario, turn by turn. */
export class Turns {
  readonly #baseline: string;
  readonly #turns: Turn[] = [];

  constructor(baseline: string) {
    this.#baseline = baseline;
  }

  get count(): number {
    return this.#turns.length;
  }

  add(turn: Turn): void {
    this.#turns.push(turn);
  }

  /** How many of them were quiet, where the baseline costs so much on a quiet machine. */
  countQuiet(quietMicroseconds: number): number {
    return this.#turns.filter((turn) => dearerSide(turn) <= quietMicroseconds * QUIET).length;
  }

  /** What the baseline cost in all of them. */
  baselineCosts(): number[] {
    return this.#turns.flatMap(({ before, after }) => [before, after]);
  }

  /** The figures of all quiet turns by name, or of the quietest if there are fewer than that. */
  figures(atLeast: number, quietMicroseconds: number): Map<string, number[]> {
    const count = Math.max(atLeast, this.countQuiet(quietMicroseconds));
    const turns = this.#turns.toSorted((one, other) => dearerSide(one) - dearerSide(other)).slice(0, count);
    const figures = new Map([[this.#baseline, turns.map(({ before, after }) => (before + after) / 2)]]);
    for (const name of turns[0]?.others.keys() ?? []) {
      figures.set(
        name,
        turns.map(({ others }) => others.get(name)!),
      );
    }
    return figures;
  }
}

/** What disturbs the machine comes in bursts, so one that touched a turn is most often seen on one side of it. */
function dearerSide({ before, after }: Turn): number {
  return Math.max(before, after);
}

/** What the baseline costs while nothing disturbs it, as far as these turns saw it. */
export function quietCost(all: readonly Turns[]): number {
  const costs = all.flatMap((turns) => turns.baselineCosts());
  return costs.toSorted((a, b) => a - b)[Math.floor(costs.length * SURELY_QUIET)] ?? Infinity;
}
