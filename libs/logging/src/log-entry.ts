import type { Observation } from '#observation';

/** Named values of a line, on their way to JSON. */
export type Fields = Record<string, unknown>;

/** What one call asked to log, from whichever logger it came. */
export class LogEntry {
  readonly #values: readonly unknown[];

  constructor(
    /** The part of the program that speaks; Nest calls it the context. */
    readonly context: string | undefined,
    values: readonly unknown[],
    /** Fields that the suite itself vouches for: they are written as they are. */
    readonly facts?: Fields,
    /** What it tells of, if that is another observation than the running one. */
    readonly about?: Observation,
  ) {
    this.#values = values;
  }

  /** What the call was given, in its order: objects and errors, the message, what belongs into the message. */
  get values(): readonly unknown[] {
    return this.#values;
  }

  /** The entry that a call of pino was given, or one of what it was given instead. */
  static of(values: readonly unknown[]): LogEntry {
    const [first] = values;
    // `instanceof` would ask a proxy, which may throw.
    const isEntry = typeof first === 'object' && first !== null && #values in first;
    return isEntry ? first : new LogEntry(undefined, values);
  }
}
