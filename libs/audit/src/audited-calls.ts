import type { HttpServerObservation, MethodObservation, Observation } from '#observation';
import { AuditedCall } from './audited-call.js';
import { AUDITED_ASPECT, type AuditedOptions } from './audited.decorator.js';

/** The calls of audited methods that are under way in one app. */
export class AuditedCalls {
  readonly #byObservation = new WeakMap<MethodObservation, AuditedCall>();
  readonly #byRequest = new WeakMap<HttpServerObservation, AuditedCall>();

  constructor(private readonly onError: (error: unknown) => void) {}

  begin(observation: MethodObservation): void {
    const options = optionsOf(observation.method.aspects);
    if (options === undefined) return;
    const call = new AuditedCall(observation, options, this.onError);
    this.#byObservation.set(observation, call);
    const { outer } = observation;
    if (outer?.kind === 'http.server' && call.isOfOpenRequest) this.#byRequest.set(outer, call);
  }

  of(observation: MethodObservation): AuditedCall | undefined {
    return this.#byObservation.get(observation);
  }

  /** The call of the route handler that a request was for. */
  ofRequest(request: HttpServerObservation): AuditedCall | undefined {
    return this.#byRequest.get(request);
  }

  /** The call around what runs now, if a transaction may still write its record. */
  claim(observation: Observation | undefined): AuditedCall | undefined {
    for (let around = observation; around?.kind === 'method'; around = around.outer) {
      const call = this.#byObservation.get(around);
      if (call === undefined) continue;
      if (call.state !== 'unwritten' || call.hasEnded) return undefined;
      call.state = 'in-transaction';
      return call;
    }
    return undefined;
  }
}

/** The options of the mark that says most of a method. */
export function optionsOf(aspects: ReadonlyMap<string, readonly unknown[]>): AuditedOptions | undefined {
  return aspects.get(AUDITED_ASPECT)?.at(-1) as AuditedOptions | undefined;
}
