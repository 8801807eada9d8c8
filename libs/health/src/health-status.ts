/** How one check ended; `degraded` still serves, but worse than it should. */
export type CheckStatus = 'up' | 'degraded' | 'down';

/** How the service is as a whole; `error` and `shutting_down` mean that it wants no requests. */
export type HealthStatus = 'ok' | 'degraded' | 'error' | 'shutting_down';
