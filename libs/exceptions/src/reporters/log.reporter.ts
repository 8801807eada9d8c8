import { Logger } from '@nestjs/common';
import type { ExceptionReport } from '../exception-report.js';
import type { ExceptionReporter } from '../exception-reporter.js';

/** Writes a line with the stack for each exception of which nobody else has written one. */
export class LogReporter implements ExceptionReporter {
  readonly name = 'log';
  readonly #logger = new Logger('Exceptions');

  report({ logged, thrown, issue }: ExceptionReport): void {
    if (logged) return;
    const [{ type, message, stack }] = thrown;
    const { id, state, count } = issue;
    this.#logger.error({ err: { type, message, stack }, issue: { id, state, count } }, issue.title);
  }

  async close(): Promise<void> {}
}
