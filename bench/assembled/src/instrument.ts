import './span-queue.js';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { FastifyOtelInstrumentation } from '@fastify/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import * as Sentry from '@sentry/nestjs';

// The hook of `require` sees nothing of ES modules; OpenTelemetry's documentation has this one for them.
if (typeof require === 'undefined') {
  register('@opentelemetry/instrumentation/hook.mjs', pathToFileURL(process.argv[1]!));
}

const { options } = JSON.parse(process.argv[2]!) as { options: { otlpUrl: string; sentryDsn: string } };

const sdk = new NodeSDK({
  serviceName: 'bench',
  traceExporter: new OTLPTraceExporter({ url: options.otlpUrl }),
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [
    new HttpInstrumentation(),
    new ExpressInstrumentation(),
    new FastifyOtelInstrumentation({ registerOnInitialization: true }),
    new NestInstrumentation(),
    new UndiciInstrumentation(),
    // What gives log lines their trace ids.
    new PinoInstrumentation(),
  ],
});
sdk.start();

// Errors alone, on the traces of OpenTelemetry. Its own instrumentation of Fastify and that one cannot both be there.
Sentry.init({
  dsn: options.sentryDsn,
  integrations: (defaults) => [...defaults.filter(({ name }) => name !== 'Fastify'), Sentry.openTelemetryIntegration()],
});
