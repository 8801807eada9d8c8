import type { CheckAnswer } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';
import { understandAnswer } from '../understood-answer.js';

/** Any function as an indicator, one that asks an indicator of terminus included. */
export class FunctionIndicator implements HealthIndicator {
  constructor(
    readonly name: string,
    private readonly work: (signal: AbortSignal) => unknown,
  ) {}

  async check(signal: AbortSignal): Promise<CheckAnswer> {
    // An attempt of terminus has not begun yet when it is returned: to await it is to make it.
    return understandAnswer(await this.work(signal));
  }
}
