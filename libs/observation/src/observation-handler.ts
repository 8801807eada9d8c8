import type { HttpClientObservation } from './http-client-observation.js';
import type { HttpServerObservation } from './http-server-observation.js';
import type { MethodObservation } from './method-observation.js';

/** Everything that can be observed; told apart by `kind`. */
export type Observation = HttpServerObservation | HttpClientObservation | MethodObservation;

/** What one pattern does when something starts and stops; a pattern that is off registers none. */
export interface ObservationHandler {
  /** The pattern, as it is named in `observability_internal_errors_total{component}`. */
  readonly component: string;
  /** The decorators' marks that this handler acts on. */
  readonly aspects: readonly string[];
  started?(observation: Observation): void;
  stopped?(observation: Observation): void;
}
