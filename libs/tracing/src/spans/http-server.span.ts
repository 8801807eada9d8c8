import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { HttpServerObservation } from '#observation';
import type { Scrubber } from '#redaction';
import type { RecordedErrors } from './recorded-errors.js';

const MAX_USER_AGENT = 256;
const MAX_PATH = 1_024;

// Names and rules: OpenTelemetry semantic conventions, HTTP spans (stable).

/** The name of a span for a request; the path never is part of it, the route is. */
export function nameOfRequest(method: string, route?: string): string {
  const known = method === '_OTHER' ? 'HTTP' : method;
  return route === undefined ? known : `${known} ${route}`;
}

/** What samplers may want to know. */
export function startOfServerSpan({ method, path, scheme }: HttpServerObservation): Attributes {
  return { 'http.request.method': method, 'url.path': path, 'url.scheme': scheme };
}

export function finishServerSpan(
  span: Span,
  request: HttpServerObservation,
  errors: RecordedErrors,
  scrubber: Scrubber,
): void {
  const { status, errorType, incoming, route, clientAddress, outcome, actor } = request;
  span.updateName(nameOfRequest(request.method, route));
  // Samplers had to see it as it was sent.
  span.setAttribute('url.path', scrubber.redactText(request.path.slice(0, MAX_PATH)));
  span.setAttribute('network.protocol.version', request.protocolVersion);
  span.setAttribute('crowsnest.request_id', request.requestId);
  if (request.method === '_OTHER') span.setAttribute('http.request.method_original', String(incoming.method));
  if (outcome !== undefined) span.setAttribute('crowsnest.outcome', outcome);
  if (actor !== undefined) span.setAttribute('enduser.id', scrubber.redactText(actor.id));
  if (route !== undefined) span.setAttribute('http.route', route);
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (clientAddress !== undefined) span.setAttribute('client.address', clientAddress);
  const userAgent = request.headers['user-agent'];
  if (userAgent !== undefined) span.setAttribute('user_agent.original', userAgent.slice(0, MAX_USER_AGENT));
  const handler = handlerOf(request);
  if (handler !== undefined) span.setAttribute('code.function.name', handler);
  // A refusal (4xx) is not the server's failure; an answer that could not be given is one, whoever is to blame.
  if (errorType === undefined) return;
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (request.error !== undefined && (status ?? 0) >= 500) {
    errors.record(span, request.error, request.startTimeMs + request.durationMs!);
  }
}

export function handlerOf({ className, methodName }: HttpServerObservation): string | undefined {
  return className === undefined ? undefined : `${className}.${methodName}`;
}
