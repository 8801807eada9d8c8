import { LOG_LEVELS, type LogLevel } from './log-level.js';

/** The name of the logger that all others inherit from. */
export const ROOT = 'ROOT';

/** Contexts come from the program, but nothing that is remembered may grow without bound. */
const MAX_REMEMBERED = 1_000;

/** How loud one logger is, as operators read it. */
export interface LoggerState {
  /** What was set for exactly this name. */
  readonly configuredLevel: LogLevel | null;
  /** What holds for it: its own level or that of the nearest name above. */
  readonly effectiveLevel: LogLevel;
  /** When a level that was set for a while goes back. */
  readonly revertsAt?: string;
}

/** The levels of an app's loggers by Nest context, which dots make a hierarchy: `orders` holds for `orders.Placing`. */
export class LoggerLevels {
  /** Called after every change. */
  onChange = (): void => undefined;
  readonly #configured = new Map<string, LogLevel>();
  readonly #temporary = new Map<string, { readonly level: LogLevel; readonly until: number }>();
  /** The lowest number that each context writes, for those that have spoken. */
  readonly #thresholds = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly root: LogLevel,
    levels: Readonly<Record<string, LogLevel>> = {},
  ) {
    for (const [name, level] of Object.entries(levels)) this.#configured.set(name, level);
  }

  /** Whether a line of that level is written for a context. */
  allows(context: string | undefined, level: number): boolean {
    const name = context ?? ROOT;
    let threshold = this.#thresholds.get(name);
    if (threshold === undefined) {
      threshold = LOG_LEVELS[this.#effective(name)];
      if (this.#thresholds.size < MAX_REMEMBERED) this.#thresholds.set(name, threshold);
    }
    return level >= threshold;
  }

  /** The lowest level that any logger writes. */
  get lowest(): LogLevel {
    const names = [ROOT, ...this.#configured.keys(), ...this.#temporary.keys()];
    return names
      .map((name) => this.#effective(name))
      .reduce((lowest, level) => (LOG_LEVELS[level] < LOG_LEVELS[lowest] ? level : lowest));
  }

  /** Sets a level, for good or for a while; `null` goes back to what the name inherits. */
  set(name: string, level: LogLevel | null, ttlMs?: number): void {
    this.#temporary.delete(name);
    if (level !== null && ttlMs !== undefined) this.#temporary.set(name, { level, until: Date.now() + ttlMs });
    else if (level !== null) this.#configured.set(name, level);
    else this.#configured.delete(name);
    this.#changed();
  }

  state(name: string): LoggerState {
    const temporary = this.#temporary.get(name);
    return {
      configuredLevel: this.#own(name) ?? null,
      effectiveLevel: this.#effective(name),
      ...(temporary && { revertsAt: new Date(temporary.until).toISOString() }),
    };
  }

  /** All loggers that were set or have spoken. */
  list(): ({ name: string } & LoggerState)[] {
    const names = [...this.#configured.keys(), ...this.#temporary.keys(), ...this.#thresholds.keys()];
    const sorted = [ROOT, ...[...new Set(names)].filter((name) => name !== ROOT).sort()];
    return sorted.map((name) => ({ name, ...this.state(name) }));
  }

  /** Stops waiting for levels that were set for a while. */
  release(): void {
    clearTimeout(this.#timer);
  }

  #own(name: string): LogLevel | undefined {
    const level = this.#temporary.get(name)?.level ?? this.#configured.get(name);
    return level ?? (name === ROOT ? this.root : undefined);
  }

  #effective(name: string): LogLevel {
    for (let rest = name; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
      const level = this.#own(rest);
      if (level !== undefined) return level;
    }
    return this.#own(ROOT)!;
  }

  #changed(): void {
    const contexts = [...this.#thresholds.keys()];
    this.#thresholds.clear();
    for (const context of contexts) this.#thresholds.set(context, LOG_LEVELS[this.#effective(context)]);
    clearTimeout(this.#timer);
    const next = Math.min(...[...this.#temporary.values()].map(({ until }) => until));
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#revert(), next - Date.now()).unref();
    this.onChange();
  }

  #revert(): void {
    const now = Date.now();
    for (const [name, { until }] of this.#temporary) if (until <= now) this.#temporary.delete(name);
    this.#changed();
  }
}
