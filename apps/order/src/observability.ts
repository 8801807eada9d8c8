import type { ObservabilityModuleOptions } from '@crowsnest/observability';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { readEnvironment } from './environment.js';

/** All that the order service tells the observability suite. */
export const observability: ObservabilityModuleOptions = {
  service: { name: 'order' },
  // Where the orders are, so that an order and its record are one transaction.
  audit: { postgres: { url: readEnvironment(process.env).databaseUrl } },
  exceptions: { problemDetails: true },
  management: { port: readEnvironment(process.env).managementPort },
  tracing: {
    // A query outside any request (migrations, the pool's own) would be a trace of one lonely span.
    instrumentations: [new PgInstrumentation({ requireParentSpan: true })],
    ...(process.env.OTEL_PROPAGATORS ? {} : { propagators: ['tracecontext', 'baggage', 'b3multi'] }),
  },
};
