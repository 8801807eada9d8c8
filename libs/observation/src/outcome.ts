/**
 * How an observation ended: `denied` when authentication or authorization refused it, `unknown` when nobody can tell
 * whether it took effect (the client went away, a stream was abandoned).
 */
export type Outcome = 'success' | 'failure' | 'denied' | 'unknown';

/** Tells the outcome of an HTTP exchange from its status code. */
export function outcomeOfStatus(status: number): Outcome {
  if (status < 400) return 'success';
  return status === 401 || status === 403 ? 'denied' : 'failure';
}
