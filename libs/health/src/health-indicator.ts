import type { CheckAnswer } from './check-result.js';

/** One thing whose health can be asked for. */
export interface HealthIndicator {
  readonly name: string;
  /** Finds out how it is; a rejection means `down`. After the signal nobody waits for the answer any more. */
  check(signal: AbortSignal): Promise<CheckAnswer>;
}
