import type { HttpServerObservation, MethodObservation, Observation, ObservationHandler } from '#observation';
import type { AuditFacts } from './audit-facts.js';
import type { AuditOutcome } from './audit-record.js';
import type { AuditTrail } from './audit-trail.js';
import { type AuditedCall, isDenial, toldBy } from './audited-call.js';
import { type AuditedCalls, optionsOf } from './audited-calls.js';
import { AUDITED_ASPECT, type AuditedOptions } from './audited.decorator.js';
import { uuidV7 } from './uuid-v7.js';

export interface AuditHandlerParts {
  readonly trail: AuditTrail;
  readonly calls: AuditedCalls;
  readonly mode: 'async' | 'strict';
  readonly onError: (error: unknown) => void;
}

/** Turns calls of audited methods, and requests that were refused before the call, into one record each. */
export class AuditHandler implements ObservationHandler {
  readonly component = 'audit';
  readonly aspects = [AUDITED_ASPECT];

  constructor(private readonly parts: AuditHandlerParts) {}

  started(observation: Observation): void {
    if (observation.kind === 'method') this.parts.calls.begin(observation);
  }

  stopped(observation: Observation): void {
    if (observation.kind === 'method') this.#callEnded(observation);
    else if (observation.kind === 'http.server') this.#requestEnded(observation);
  }

  #callEnded(observation: MethodObservation): void {
    const call = this.parts.calls.of(observation);
    if (call === undefined || call.state !== 'unwritten') return;
    const mode = this.#modeOf(call.options);
    // The end of its request tells more of the call of a route handler: the status, and whether the client got it.
    if (mode === 'async' && call.isOfOpenRequest) return;
    call.state = 'written';
    const hold = this.parts.trail.keep(call.facts(), mode);
    // Whoever waits for it gets the failure; that nobody does must not end the process.
    hold?.catch(() => undefined);
    observation.hold = hold;
  }

  #requestEnded(request: HttpServerObservation): void {
    const options = request.handler && optionsOf(request.handler.aspects);
    if (options === undefined || request.optOuts.has('audit')) return;
    const call = this.parts.calls.ofRequest(request);
    if (call === undefined) this.#refused(request, options);
    else if (call.state === 'unwritten') this.#answered(request, call);
  }

  /** Guards, pipes and interceptors end a request without the handler ever being called. */
  #refused(request: HttpServerObservation, options: AuditedOptions): void {
    const { outcome = 'unknown', className, methodName, error, startTimeMs } = request;
    if (outcome === 'success' || outcome === 'unknown') return;
    const facts: AuditFacts = {
      id: uuidV7(startTimeMs),
      event: options.action ?? `${className}.${methodName}`,
      startTimeMs,
      // A filter may hide a refusal behind another status.
      outcome: isDenial(error) ? 'denied' : outcome,
      error,
      request,
      ...toldBy(options, { args: [], error, request }, this.parts.onError),
    };
    void this.parts.trail.keep(facts, 'async');
  }

  #answered(request: HttpServerObservation, call: AuditedCall): void {
    if (this.#modeOf(call.options) === 'strict') return;
    call.state = 'written';
    const facts = call.facts(outcomeOf(call, request));
    void this.parts.trail.keep({ ...facts, error: facts.error ?? request.error }, 'async');
  }

  #modeOf({ mode }: AuditedOptions): 'async' | 'strict' {
    return mode ?? this.parts.mode;
  }
}

/** How a route handler's call ended, by what it says itself and by how its request ended. */
function outcomeOf(call: AuditedCall, request: HttpServerObservation): AuditOutcome {
  if (request.aborted) return 'unknown';
  if (!call.hasEnded) return request.outcome ?? 'unknown';
  // A filter can make a refusal of an error of the domain.
  return call.outcome === 'failure' && request.outcome === 'denied' ? 'denied' : call.outcome;
}
