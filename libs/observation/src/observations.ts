import { InternalErrors } from './internal-errors.js';
import type { MethodObservation } from './method-observation.js';
import type { Observation, ObservationHandler } from './observation-handler.js';
import type { ObservedMethod } from './observed-method.js';
import { currentFrame, Frame } from './process-wide.js';
import type { ServiceIdentity } from './service-identity.js';

/** A marked method as it stands in one class of the app. */
export interface ObservedMethodSite {
  readonly className: string;
  readonly method: ObservedMethod;
}

/** Opens and closes the observations of one app and tells each of them to the patterns' handlers. */
export class Observations {
  readonly internalErrors = new InternalErrors();
  /** Every marked method of the app's providers and controllers; complete before `onModuleInit`. */
  readonly methods: ObservedMethodSite[] = [];
  readonly #handlers: Listener[] = [];
  readonly #aspects = new Set<string>();

  constructor(readonly service: ServiceIdentity) {}

  register(handler: ObservationHandler): void {
    this.#handlers.push(new Listener(handler));
    for (const aspect of handler.aspects) this.#aspects.add(aspect);
  }

  /** Whether anybody is told of observations. */
  get isWatched(): boolean {
    return this.#handlers.length > 0;
  }

  /** Whether any handler acts on what a decorator marked; if none does, the method is called plainly. */
  follows(method: ObservedMethod): boolean {
    for (const aspect of method.aspects.keys()) if (this.#aspects.has(aspect)) return true;
    return false;
  }

  /** Tells the handlers that something started and gives the frame in which its work is to run. */
  start(observation: Observation): Frame {
    // What comes from outside starts with nothing; what is done inside continues the caller's context.
    const caller = observation.kind === 'http.server' ? undefined : currentFrame();
    if (caller !== undefined) observation.context = caller.context;
    if (observation.kind === 'method') observation.outer = underWay(caller?.observation);
    for (const handler of this.#handlers) {
      try {
        handler.started?.(observation);
      } catch (error) {
        this.internalErrors.record(handler.component, error);
      }
    }
    return new Frame(this, observation, observation.context, caller?.suppressed);
  }

  /** Ends an observation, once: a second call does nothing. */
  stop(observation: Observation): void {
    if (observation.durationMs !== undefined) return;
    observation.durationMs = performance.now() - observation.startMark;
    for (const handler of this.#handlers) {
      try {
        handler.stopped?.(observation);
      } catch (error) {
        this.internalErrors.record(handler.component, error);
      }
    }
  }

  /** Ends a method's observation by what it threw, or by success. */
  settle(observation: MethodObservation, error?: { thrown: unknown }): void {
    if (observation.durationMs !== undefined) return;
    if (error !== undefined) observation.error = error.thrown;
    observation.outcome ??= error === undefined ? 'success' : 'failure';
    this.stop(observation);
  }
}

/** A handler in a shape that all have in common, so that none of them has to be searched for what it listens to. */
class Listener {
  readonly component: string;
  readonly started: ((observation: Observation) => void) | undefined;
  readonly stopped: ((observation: Observation) => void) | undefined;

  constructor(handler: ObservationHandler) {
    this.component = handler.component;
    this.started = handler.started?.bind(handler);
    this.stopped = handler.stopped?.bind(handler);
  }
}

/** A call that has ended is no longer part of anything: a loop that starts itself anew would hold all its rounds. */
function underWay(outer: Observation | undefined): Observation | undefined {
  while (outer?.kind === 'method' && outer.durationMs !== undefined) outer = outer.outer;
  return outer;
}
