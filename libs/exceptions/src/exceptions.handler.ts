import { HttpException } from '@nestjs/common';
import {
  currentFrame,
  currentRequest,
  Frame,
  type HttpServerObservation,
  type Observation,
  type ObservationHandler,
  type Observations,
  runInFrame,
} from '#observation';
import type { ExceptionTracker } from './exception-tracker.js';

/** Tells the tracker which exceptions ended requests, and which one ends the process. */
export class ExceptionsHandler implements ObservationHandler {
  readonly component = 'exceptions';
  readonly aspects: readonly string[] = [];

  constructor(
    private readonly tracker: ExceptionTracker,
    private readonly app: Observations,
    /** Whether Nest answers, and logs, what nobody handled. */
    private readonly nestAnswers: boolean,
  ) {}

  stopped(observation: Observation): void {
    if (observation.kind !== 'http.server' || !isFailure(observation)) return;
    const { error, unhandled } = observation;
    const logged = unhandled && this.nestAnswers && !(error instanceof HttpException);
    // By now the current observation may be another request's; what is logged of this one belongs to it.
    runInFrame(new Frame(this.app, observation, observation.context), () =>
      this.tracker.see(error, { mechanism: 'http', handled: !unhandled, request: observation, logged }),
    );
  }

  /** Tells of the exception that ends the process, and waits until it has arrived. */
  async crashed(error: unknown, deadlineMs: number): Promise<void> {
    const app = currentFrame()?.app;
    // Another app of this process is the one to tell of it.
    if (app !== undefined && app !== this.app) return;
    const request = currentRequest();
    this.tracker.see(error, { mechanism: 'crash', handled: false, request, logged: true });
    await this.tracker.flush(deadlineMs);
  }
}

/** What nobody handled, and what ended with an answer that blames the server; a refusal (4xx) is neither. */
function isFailure({ error, unhandled, status }: HttpServerObservation): boolean {
  if (error === undefined && !unhandled) return false;
  if (status !== undefined && status >= 400) return status >= 500;
  return unhandled && !(error instanceof HttpException && error.getStatus() < 500);
}
