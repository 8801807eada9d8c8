import {
  type MethodObservation,
  type Observation,
  type ObservationHandler,
  OBSERVED_ASPECT,
  type ObservedOptions,
} from '#observation';
import { AccessLog } from './access-log.js';
import type { AppLog } from './app-log.js';
import { LogEntry } from './log-entry.js';
import { roundedMs } from './rounded-ms.js';

/** Writes the line that closes each request, and one for each `@Observed` call that failed. */
export class ObservationLines implements ObservationHandler {
  readonly component = 'logging';
  readonly aspects = [OBSERVED_ASPECT];
  readonly #accessLog: AccessLog | undefined;

  constructor(
    private readonly log: AppLog,
    accessLog: boolean,
  ) {
    if (accessLog) this.#accessLog = new AccessLog(log);
  }

  // By now the current observation may be another request's; a line is about the one that has ended.
  stopped(observation: Observation): void {
    if (observation.kind === 'http.server') {
      if (!observation.optOuts.has('logging')) this.#accessLog?.write(observation);
    } else if (observation.kind === 'method') {
      const [options] = observation.method.aspects.get(OBSERVED_ASPECT) ?? [];
      if (options !== undefined && observation.outcome === 'failure') {
        this.#tellFailure(observation, options as ObservedOptions);
      }
    }
  }

  #tellFailure(call: MethodObservation, { name }: ObservedOptions): void {
    const facts = {
      duration_ms: roundedMs(call.durationMs),
      outcome: call.outcome,
      'error.type': call.errorType,
      'code.function.name': `${call.className}.${call.methodName}`,
    };
    this.log.root.error(new LogEntry(call.className, [{ err: call.error }, `${name} failed`], facts, call));
  }
}
