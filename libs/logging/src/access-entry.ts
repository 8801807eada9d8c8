import type { HttpServerObservation } from '#observation';
import { LogEntry } from './log-entry.js';

/** The context under which requests are logged. */
export const ACCESS_LOG = 'AccessLog';

/** What differs from request to request, without secrets. */
export interface RequestFacts {
  readonly path: string;
  readonly durationMs: number | string;
  readonly clientAddress: string | undefined;
  readonly actorId: string | undefined;
}

/** How loud a request is. */
export function accessLevel({ status, aborted }: HttpServerObservation): 'error' | 'warn' | 'info' {
  if (status !== undefined && status >= 500) return 'error';
  return aborted ? 'warn' : 'info';
}

/** What is logged of a request; `about` is the request that the line tells of, or what stands for it. */
export function accessEntry(
  request: HttpServerObservation,
  { path, durationMs, clientAddress, actorId }: RequestFacts,
  about = request,
): LogEntry {
  const { method, route, status, aborted, functionName } = request;
  const facts = {
    'http.request.method': method,
    'url.path': path,
    'http.route': route,
    'http.response.status_code': status,
    duration_ms: durationMs,
    'client.address': clientAddress,
    'actor.id': actorId,
    outcome: request.outcome,
    'error.type': request.errorType,
    'code.function.name': functionName,
  };
  return new LogEntry(ACCESS_LOG, [`${method} ${route ?? path} ${aborted ? 'aborted' : status}`], facts, about);
}
