import { type Context, createContextKey } from '@opentelemetry/api';
import type { HttpServerObservation } from '#observation';

const REQUEST = createContextKey('@crowsnest/observability/request');

/** Remembers in a context which request its work is done for. */
export function withRequest(context: Context, request: HttpServerObservation): Context {
  return context.setValue(REQUEST, request);
}

/** Whether the work is done for a request whose handler is left out of traces; known once the guards have run. */
export function isLeftOut(context: Context): boolean {
  const request = context.getValue(REQUEST) as HttpServerObservation | undefined;
  return request !== undefined && request.optOuts.has('tracing');
}
