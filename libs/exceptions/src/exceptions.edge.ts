import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { ManagementEndpoints } from '#management';
import { Observations } from '#observation';
import { ExceptionTracker } from './exception-tracker.js';
import { addExceptionsEndpoints } from './exceptions.endpoint.js';
import { ExceptionsHandler } from './exceptions.handler.js';
import { TRACKING_PARTS, type TrackingParts } from './start-tracking.js';

/** Leaves the rest of the shutdown some time: who takes all of it is reported as late. */
const SHARE_OF_DEADLINE = 0.9;

/** Begins to watch for exceptions when the app starts, and sends the last reports when it stops. */
@Injectable()
export class ExceptionsEdge implements OnModuleInit {
  constructor(
    @Inject(TRACKING_PARTS) private readonly parts: TrackingParts | undefined,
    private readonly tracker: ExceptionTracker,
    private readonly observations: Observations,
    private readonly endpoints: ManagementEndpoints,
    private readonly lifecycle: Lifecycle,
  ) {}

  onModuleInit(): void {
    if (this.parts === undefined) return;
    const { issues, problemDetails } = this.parts;
    const handler = new ExceptionsHandler(this.tracker, this.observations, !problemDetails);
    this.observations.register(handler);
    addExceptionsEndpoints(this.endpoints, issues);
    this.lifecycle.onCrash('exceptions', (error, deadlineMs) => handler.crashed(error, deadlineMs * SHARE_OF_DEADLINE));
    this.lifecycle.onFlush('signals', 'exceptions', (deadlineMs) => this.tracker.close(deadlineMs * SHARE_OF_DEADLINE));
  }
}
