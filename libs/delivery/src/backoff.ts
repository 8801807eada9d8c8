/** A receiver that asks to be left alone for longer would otherwise silence the pipe for good. */
const LONGEST_RETRY_AFTER_MS = 60_000;

export interface BackoffBounds {
  backoffBaseMs: number;
  backoffMaxMs: number;
}

/**
 * Says how long to wait after an attempt has failed: anything up to a bound that doubles with each attempt, so that many
 * processes do not come back at the same moment, and never less than the receiver asked for.
 */
export function backoffMs(failedAttempts: number, bounds: BackoffBounds, retryAfterMs: number | undefined): number {
  const bound = Math.min(bounds.backoffMaxMs, bounds.backoffBaseMs * 2 ** (failedAttempts - 1));
  const asked = retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) : 0;
  return asked + Math.random() * bound;
}
