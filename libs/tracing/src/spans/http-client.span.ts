import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { HttpClientObservation } from '#observation';

/** The query stays out: no list of its secret parameters is ever complete. */
export function startOfClientSpan(request: HttpClientObservation): Attributes {
  const { method, scheme, serverAddress, serverPort, path } = request;
  return {
    'http.request.method': method,
    'server.address': serverAddress,
    ...(serverPort !== undefined && { 'server.port': serverPort }),
    'url.full': `${scheme}://${serverAddress}${serverPort === undefined ? '' : `:${serverPort}`}${path}`,
  };
}

export function finishClientSpan(span: Span, { status, errorType }: HttpClientObservation): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (errorType === undefined) return;
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
