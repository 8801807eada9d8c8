import type { Ledger } from '#delivery';

/** Where finished lines go. Any object with `write` will do, a stream for example. */
export interface LogDestination {
  /** Takes one line, with the newline at its end; never waits for it to arrive. */
  write(line: string): unknown;
  /** Resolves when all that was written before has arrived, at the latest at the deadline. */
  flush?(deadlineMs: number): Promise<void> | void;
  /** The app has gone: from now on a line has arrived when `write` returns, because the process may end at any moment. */
  release?(): void;
  /** Says what became of the lines, for destinations that keep books. */
  readonly ledger?: Ledger;
}
