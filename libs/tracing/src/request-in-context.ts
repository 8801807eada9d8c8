import { type Context, createContextKey } from '@opentelemetry/api';
import type { HttpServerObservation } from '#observation';
import { EMPTY_CONTEXT } from './linked-context.js';

const REQUEST = createContextKey('@crowsnest/observability/request');

/** The context in which a request begins, which remembers for whom its work is done. */
export function contextOfRequest(request: HttpServerObservation): Context {
  return EMPTY_CONTEXT.setValue(REQUEST, request);
}

/** Whether the work is done for a request whose handler is left out of traces; known once the guards have run. */
export function isLeftOut(context: Context): boolean {
  const request = context.getValue(REQUEST) as HttpServerObservation | undefined;
  return request !== undefined && request.optOuts.has('tracing');
}
