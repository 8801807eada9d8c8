import type { HttpServerObservation } from './http-server-observation.js';
import { currentObservation } from './process-wide.js';

/** The request that the running code is part of, however deep it is nested. */
export function currentRequest(): HttpServerObservation | undefined {
  const observation = currentObservation();
  if (observation?.kind === 'method') return observation.request;
  return observation?.kind === 'http.server' ? observation : undefined;
}
