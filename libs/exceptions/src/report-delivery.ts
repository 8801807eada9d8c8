import { DeliveryQueue, type DeliveryTrouble } from '#delivery';
import { Frame, type Observations, runInFrame } from '#observation';
import type { ExceptionReport } from './exception-report.js';
import type { ExceptionReporter } from './exception-reporter.js';

const MAX_WAITING = 100;
const MAX_IN_FLIGHT = 4;
const MAX_ATTEMPTS = 3;
const NEVER = new AbortController().signal;

/** Takes reports to one reporter, through a bounded and counted queue when it is outside of the process. */
export class ReportDelivery {
  readonly queue: DeliveryQueue<ExceptionReport> | undefined;

  constructor(
    readonly reporter: ExceptionReporter,
    private readonly app: Observations,
  ) {
    const { name, deadlineMs } = reporter;
    if (deadlineMs === undefined) return;
    // Whatever a reporter calls on its way is the suite's own traffic, which nobody observes.
    const unobserved = new Frame(app, undefined, undefined, true);
    this.queue = new DeliveryQueue({
      name: `reports_${name}`,
      maxItems: MAX_WAITING,
      maxBatch: 1,
      maxInFlight: MAX_IN_FLIGHT,
      maxAttempts: MAX_ATTEMPTS,
      deadlineMs,
      send: async ([report], signal) => runInFrame(unobserved, () => reporter.report(report!, signal)),
      onTrouble: (trouble) => this.#tell(trouble),
    });
  }

  report(report: ExceptionReport): void {
    if (this.queue === undefined) this.#reportNow(report);
    else if (report.issue.state !== 'ignored') this.queue.offer(report);
  }

  #reportNow(report: ExceptionReport): void {
    const fail = (error: unknown): void => this.app.internalErrors.record(`exceptions.${this.reporter.name}`, error);
    try {
      void Promise.resolve(this.reporter.report(report, NEVER)).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** Sends what is left and lets go of the reporter, within the deadline. */
  async close(deadlineMs: number): Promise<void> {
    await this.queue?.close(deadlineMs);
    await this.reporter.close();
  }

  #tell({ pipe, reason, items, willRetry, error }: DeliveryTrouble): void {
    const fate = willRetry ? 'will be sent again' : 'are lost';
    const trouble = new Error(`${items} reports ${fate}: ${reason}`, { cause: error });
    this.app.internalErrors.record(`exceptions.${pipe}`, trouble);
  }
}
