import type { PeerTrust } from './trusted-peers.js';
import type { ServiceIdentity } from './service-identity.js';

/** What the observations of an app need to know; the umbrella provides it, each field has a default. */
export interface ObservationOptions {
  /**
   * Who answers.
   * @default OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, then name and version of the program's package.json
   */
  service?: Partial<ServiceIdentity>;
  trust?: {
    /**
     * Whose trace context, request id and debug flag are continued; others get a new trace with a link.
     * @default 'private'
     */
    peers?: PeerTrust;
  };
}

/** Provide it from a global module to set what every pattern's observations share. */
export const OBSERVATION_OPTIONS = Symbol('OBSERVATION_OPTIONS');
