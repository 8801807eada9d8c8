import type { Observation } from '#observation';
import { FINISHED_KINDS, type FinishedObservation } from '../finished-observation.js';
import type { MethodSpan } from './method.span.js';

/** Copies of an observation that has ended what `GET /observations` tells, and nothing that would keep its request alive. */
export function remembered(observation: Observation, name: string, span: MethodSpan | undefined): FinishedObservation {
  const { traceId, spanId, parentSpanId } = observation.trace!;
  const { startTimeMs, durationMs = 0, outcome = 'unknown', errorType } = observation;
  const { kind, attributes } = described(observation, span);
  return { traceId, spanId, parentSpanId, startTimeMs, durationMs, outcome, errorType, kind, name, attributes };
}

function described(
  observation: Observation,
  span: MethodSpan | undefined,
): Pick<FinishedObservation, 'kind' | 'attributes'> {
  if (observation.kind === 'method') {
    const { className, methodName } = observation;
    const attributes = { 'code.function.name': `${className}.${methodName}` };
    return { kind: FINISHED_KINDS[span!.kind], attributes };
  }
  const { method, status } = observation;
  if (observation.kind === 'http.server') {
    const { route, functionName } = observation;
    const attributes = {
      'http.request.method': method,
      'http.response.status_code': status,
      'http.route': route,
      'code.function.name': functionName,
    };
    return { kind: 'server', attributes };
  }
  const attributes = {
    'http.request.method': method,
    'http.response.status_code': status,
    'server.address': observation.serverAddress,
    'server.port': observation.serverPort,
  };
  return { kind: 'client', attributes };
}
