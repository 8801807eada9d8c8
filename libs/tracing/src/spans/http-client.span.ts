import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { HttpClientObservation } from '#observation';
import { attributesOf } from './attributes-of.js';

const MAX_URL = 1_024;

/** The query stays out: no list of its secret parameters is ever complete. */
export function describeCall(span: Span, request: HttpClientObservation): void {
  const { method, scheme, serverAddress, serverPort, path } = request;
  const attributes = attributesOf(span);
  attributes['http.request.method'] = method;
  attributes['server.address'] = serverAddress;
  if (serverPort !== undefined) attributes['server.port'] = serverPort;
  const port = serverPort === undefined ? '' : `:${serverPort}`;
  attributes['url.full'] = `${scheme}://${serverAddress}${port}${path}`.slice(0, MAX_URL);
}

export function finishClientSpan(span: Span, { status, errorType }: HttpClientObservation): void {
  const attributes = attributesOf(span);
  if (status !== undefined) attributes['http.response.status_code'] = status;
  if (errorType === undefined) return;
  attributes['error.type'] = errorType;
  span.setStatus({ code: SpanStatusCode.ERROR });
}
