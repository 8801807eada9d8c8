import type { ObservabilityModuleOptions } from '@crowsnest/observability';
import { readEnvironment } from './environment.js';

/** All that the gateway tells the observability suite. */
export const observability: ObservabilityModuleOptions = {
  service: { name: 'gateway' },
  exceptions: { problemDetails: true },
  management: { port: readEnvironment(process.env).managementPort },
  tracing: process.env.OTEL_PROPAGATORS ? {} : { propagators: ['tracecontext', 'baggage', 'b3multi'] },
};
