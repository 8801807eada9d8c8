export { errorType, type Actor, type TraceIds } from './observation.js';
export { currentRequest } from './current-request.js';
export { type Outcome } from './outcome.js';
export { HttpServerObservation } from './http-server-observation.js';
export { HttpClientObservation } from './http-client-observation.js';
export { MethodObservation } from './method-observation.js';
export { type Observation, type ObservationHandler } from './observation-handler.js';
export { Observations, type ObservedMethodSite } from './observations.js';
export { HttpServerEdge } from './http-server.edge.js';
export { RandomHex } from './random-hex.js';
export { pathOf } from './path-of.js';
export { type ImportOnce } from './import-once.js';
export { InternalErrors } from './internal-errors.js';
export { markMethods, type ObservedMethod } from './observed-method.js';
export { Observed, OBSERVED_ASPECT, type ObservedOptions } from './observed.decorator.js';
export { NotAudited, NotLogged, NotTimed, NotTraced, type OptOut } from './opt-out.decorator.js';
export {
  appsInProcess,
  currentApp,
  currentFrame,
  currentObservation,
  Frame,
  holdInProcess,
  type Installed,
  leaveProcess,
  runInFrame,
} from './process-wide.js';
export { resolveServiceIdentity, type ServiceIdentity } from './service-identity.js';
export { type PeerTrust } from './trusted-peers.js';
export { OBSERVATION_OPTIONS, type ObservationOptions } from './observation.options.js';
export { ObservationModule } from './observation.module.js';
