import type { HealthIndicator } from './health-indicator.js';

/** How a check takes part in the health of the service. */
export interface ContributorOptions {
  /**
   * The groups whose health it is part of; a name of your own makes a group `/health/<name>`.
   * @default ['ready']
   */
  groups?: readonly string[];
  /**
   * Whether the service cannot do its work without it; one that is down and not critical makes it `degraded`.
   * @default true
   */
  critical?: boolean;
  /**
   * How long the check may take before it counts as down.
   * @default the `timeoutMs` of the module
   */
  timeoutMs?: number;
  /**
   * How long a result is served before the check runs again.
   * @default the `intervalMs` of the module
   */
  intervalMs?: number;
}

/** A check that is given as a function; what a terminus indicator returns is understood. */
export interface CheckFunction extends ContributorOptions {
  /** The name under which its result is told. */
  name: string;
  /** Finds out how it is: throws or says `down` when it is not well. */
  check: (signal: AbortSignal) => unknown;
}

/** A check that is given as an indicator. */
export interface CheckIndicator extends ContributorOptions {
  /** Has a name and finds out how it is. */
  indicator: HealthIndicator;
}
