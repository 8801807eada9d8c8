import type { ExceptionReport } from './exception-report.js';

/** A place where exceptions are told of. */
export interface ExceptionReporter {
  /** One lower-case word, for the ledger and for messages. */
  readonly name: string;
  /**
   * How long one report may take, for what is outside of the process: such reports wait in a bounded queue, and none
   * are made of ignored issues. Left out, the reporter is called at once and does not wait for anything.
   */
  readonly deadlineMs?: number;
  /**
   * Tells of one exception and resolves once it has arrived. Rejecting with a `RetryableError` asks for another try;
   * when the signal aborts, the report is given up.
   */
  report(report: ExceptionReport, signal: AbortSignal): Promise<void> | void;
  /** Lets go of what it holds; reports are over by then. */
  close(): Promise<void>;
}
