import { Ledger } from '#delivery';
import { boundLine } from './line-limit.js';
import type { LogDestination } from './log-destination.js';

const NOWHERE: LogDestination = { write: () => undefined };

/** The way out of an app's lines: bounds each of them, and never fails whoever logs. */
export class LogOutput {
  constructor(
    private readonly destination: LogDestination = NOWHERE,
    private readonly onFault: (error: unknown) => void = () => undefined,
  ) {}

  /** What became of the lines. */
  get ledger(): Ledger | undefined {
    return this.destination.ledger;
  }

  write(line: string): void {
    this.writeBounded(boundLine(line));
  }

  /** Writes a line that is known to be safe to show and short. */
  writeBounded(line: string): void {
    try {
      this.destination.write(line);
    } catch (error) {
      this.onFault(error);
    }
  }

  /** Writes everything out; what is still logged after it comes out as well. */
  async close(deadlineMs: number): Promise<void> {
    await this.destination.flush?.(deadlineMs);
    this.destination.release?.();
  }
}
