import {
  Frame,
  type HttpServerObservation,
  type MethodObservation,
  type Observation,
  type ObservationHandler,
  OBSERVED_ASPECT,
  type Observations,
  type ObservedOptions,
  runInFrame,
} from '#observation';
import type { AppLog } from './app-log.js';
import { LogEntry } from './log-entry.js';

const MAX_PATH_LENGTH = 1_024;

/** Writes the line that closes each request, and one for each `@Observed` call that failed. */
export class ObservationLines implements ObservationHandler {
  readonly component = 'logging';
  readonly aspects = [OBSERVED_ASPECT];

  constructor(
    private readonly app: Observations,
    private readonly log: AppLog,
    private readonly accessLog: boolean,
  ) {}

  stopped(observation: Observation): void {
    // By now the current observation may be another request's; the line belongs to this one.
    const within = (write: () => void): void =>
      runInFrame(new Frame(this.app, observation, observation.context), write);
    if (observation.kind === 'http.server') {
      if (this.accessLog && !observation.optOuts.has('logging')) within(() => this.#closeRequest(observation));
    } else if (observation.kind === 'method') {
      const [options] = observation.method.aspects.get(OBSERVED_ASPECT) ?? [];
      if (options !== undefined && observation.outcome === 'failure') {
        within(() => this.#tellFailure(observation, options as ObservedOptions));
      }
    }
  }

  #closeRequest(request: HttpServerObservation): void {
    const { method, route, status, aborted, className, methodName } = request;
    const path = this.log.scrubText(request.path.slice(0, MAX_PATH_LENGTH));
    const facts = {
      'http.request.method': method,
      'url.path': path,
      'http.route': route,
      'http.response.status_code': status,
      duration_ms: rounded(request.durationMs),
      'client.address': request.clientAddress,
      'actor.id': request.actor && this.log.scrubText(request.actor.id),
      outcome: request.outcome,
      'error.type': request.errorType,
      'code.function.name': className && `${className}.${methodName}`,
    };
    const level = status !== undefined && status >= 500 ? 'error' : aborted ? 'warn' : 'info';
    const message = `${method} ${route ?? path} ${aborted ? 'aborted' : status}`;
    this.log.root[level](new LogEntry('AccessLog', [message], facts));
  }

  #tellFailure(call: MethodObservation, { name }: ObservedOptions): void {
    const facts = {
      duration_ms: rounded(call.durationMs),
      outcome: call.outcome,
      'error.type': call.errorType,
      'code.function.name': `${call.className}.${call.methodName}`,
    };
    this.log.root.error(new LogEntry(call.className, [{ err: call.error }, `${name} failed`], facts));
  }
}

function rounded(durationMs = 0): number {
  return Math.round(durationMs * 1_000) / 1_000;
}
