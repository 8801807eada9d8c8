import diagnostics from 'node:diagnostics_channel';
import { type HttpClientObservation, RequestTargets } from './http-client-observation.js';
import { outcomeOfStatus } from './outcome.js';
import { currentApp, currentFrame } from './process-wide.js';
import type { Observations } from './observations.js';
import { NODE_HTTP_CHANNELS } from './node-http.channels.js';
import { UNDICI_CHANNELS } from './undici.channels.js';

/** What a listener of one diagnostics channel does with its messages. */
export type ChannelListener = (calls: OutgoingCalls, message: never) => void;

interface OutgoingCall {
  readonly app: Observations;
  readonly observation: HttpClientObservation;
  /** Ends a call whose answer nobody reads. */
  expiry?: NodeJS.Timeout;
}

/** The outgoing requests that are under way, by the request object of the client that sends them. */
export class OutgoingCalls {
  readonly targets = new RequestTargets();
  readonly #underWay = new WeakMap<object, OutgoingCall>();

  /**
   * Opens an observation for the app that the running code belongs to, unless the request is the suite's own, and says
   * whether it did.
   */
  start(request: object, observe: () => HttpClientObservation): boolean {
    const app = currentFrame()?.suppressed ? undefined : currentApp();
    if (app === undefined || !app.isWatched) return false;
    const observation = observe();
    app.start(observation);
    this.#underWay.set(request, { app, observation });
    return true;
  }

  answered(request: object, status: number, port?: number): void {
    const observation = this.#underWay.get(request)?.observation;
    if (observation === undefined) return;
    observation.status = status;
    observation.serverPort ??= port;
  }

  /** Ends a call after some time, if nothing else does. */
  expireIn(delayMs: number, request: object): void {
    const call = this.#underWay.get(request);
    if (call !== undefined) call.expiry = setTimeout(() => this.stop(request), delayMs).unref();
  }

  /** Ends a call: by an answer that is complete, or by what went wrong. */
  stop(request: object, error?: unknown): void {
    const call = this.#underWay.get(request);
    if (call === undefined) return;
    this.#underWay.delete(request);
    const { app, observation, expiry } = call;
    // It would keep the request, with all that was sent, until it is due.
    clearTimeout(expiry);
    if (isAbort(error)) {
      observation.aborted = true;
      // A caller that stops reading an answer it already has did not fail.
      if (observation.status === undefined) observation.error = error;
    } else {
      observation.error = error;
    }
    if (observation.aborted) observation.outcome = 'unknown';
    else if (error !== undefined || observation.status === undefined) observation.outcome = 'failure';
    else observation.outcome = outcomeOfStatus(observation.status);
    app.stop(observation);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Watches what `fetch`, `http` and `https` send, through the channels that Node itself publishes on. */
export function watchOutgoingHttp(): () => void {
  const calls = new OutgoingCalls();
  const subscriptions = [...Object.entries(UNDICI_CHANNELS), ...Object.entries(NODE_HTTP_CHANNELS)].map(
    ([name, listen]) => {
      const subscriber = (message: unknown): void => {
        try {
          listen(calls, message as never);
        } catch (error) {
          currentApp()?.internalErrors.record('http.client', error);
        }
      };
      diagnostics.subscribe(name, subscriber);
      return () => diagnostics.unsubscribe(name, subscriber);
    },
  );
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}
