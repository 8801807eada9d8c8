import './span-queue.js';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

register('@opentelemetry/instrumentation/hook.mjs', pathToFileURL(process.argv[1]!));

const { options } = JSON.parse(process.argv[2]!) as { options: { otlpUrl: string } };

const sdk = new NodeSDK({
  serviceName: 'bench',
  traceExporter: new OTLPTraceExporter({ url: options.otlpUrl }),
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [getNodeAutoInstrumentations()],
});
sdk.start();
