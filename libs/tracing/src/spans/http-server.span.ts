import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { HttpServerObservation } from '#observation';
import type { Scrubber } from '#redaction';
import { attributesOf } from './attributes-of.js';
import type { RecordedErrors } from './recorded-errors.js';

const MAX_USER_AGENT = 256;
const MAX_TEXT = 1_024;

// Names and rules: OpenTelemetry semantic conventions, HTTP spans (stable).

/** What is known of a request as soon as it is there. */
export function describeRequest(span: Span, { method, path, scheme }: HttpServerObservation): void {
  const attributes = attributesOf(span);
  attributes['http.request.method'] = method;
  attributes['url.path'] = path;
  attributes['url.scheme'] = scheme;
}

export function finishServerSpan(
  span: Span,
  name: string,
  request: HttpServerObservation,
  errors: RecordedErrors,
  scrubber: Scrubber,
): void {
  const { status, errorType, route, clientAddress, outcome, actor, functionName } = request;
  const attributes = attributesOf(span);
  span.updateName(name);
  attributes['url.path'] = bounded(request.path, scrubber);
  attributes['network.protocol.version'] = request.protocolVersion;
  attributes['crowsnest.request_id'] = request.requestId;
  if (request.method === '_OTHER') attributes['http.request.method_original'] = request.originalMethod;
  if (outcome !== undefined) attributes['crowsnest.outcome'] = outcome;
  if (actor !== undefined) attributes['enduser.id'] = bounded(actor.id, scrubber);
  if (route !== undefined) attributes['http.route'] = route;
  if (status !== undefined) attributes['http.response.status_code'] = status;
  if (clientAddress !== undefined) attributes['client.address'] = clientAddress;
  const userAgent = request.headers['user-agent'];
  if (userAgent !== undefined) attributes['user_agent.original'] = userAgent.slice(0, MAX_USER_AGENT);
  if (functionName !== undefined) attributes['code.function.name'] = functionName;
  // A refusal (4xx) is not the server's failure; an answer that could not be given is one, whoever is to blame.
  if (errorType === undefined) return;
  attributes['error.type'] = errorType;
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (request.error !== undefined && (status ?? 0) >= 500) {
    errors.record(span, request.error, request.startTimeMs + request.durationMs!);
  }
}

function bounded(text: string, scrubber: Scrubber): string {
  return scrubber.redactText(text.slice(0, MAX_TEXT)).slice(0, MAX_TEXT);
}
