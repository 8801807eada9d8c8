import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SpanDestination } from '../span-destination.js';
import { ExporterDestination } from './exporter.destination.js';
import { otlpProtocol, type OtlpOptions, otlpTimeoutMs, otlpVariable } from './otlp.options.js';

/** The exporter's own timeout only notices silence; ours counts from the start, and is given the first word. */
const HEAD_START_MS = 250;

/** Sends spans to an OpenTelemetry collector. */
export async function otlpDestination(options: OtlpOptions, env: NodeJS.ProcessEnv): Promise<SpanDestination<unknown>> {
  const protocol = otlpProtocol(options, env);
  const deadlineMs = otlpTimeoutMs(options, env);
  const settings = { timeoutMillis: deadlineMs + HEAD_START_MS, concurrencyLimit: 8 };
  if (protocol === 'grpc') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
    return new ExporterDestination('otlp', new OTLPTraceExporter({ ...settings, url: options.url }), { deadlineMs });
  }
  let agent: HttpAgent | undefined;
  const config = {
    ...settings,
    url: withPath(options.url),
    headers: options.headers,
    httpAgentOptions: (scheme: string) => (agent = agentFor(scheme, env)),
  };
  // A receiver that drips its answer would otherwise keep the socket for as long as it likes.
  const delivery = { deadlineMs, isRetryable, giveUp: () => agent?.destroy() };
  if (protocol === 'http/json') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    return new ExporterDestination('otlp', new OTLPTraceExporter(config), delivery);
  }
  const [{ OtlpProtobufExporter }, { OtlpSpans }] = await Promise.all([
    import('./otlp-protobuf.exporter.js'),
    import('./otlp-spans.js'),
  ]);
  const form = new OtlpSpans();
  return new ExporterDestination('otlp', new OtlpProtobufExporter(config, form), { ...delivery, form });
}

/** A status is an answer, and the exporter has already asked again where that helps; without one nobody was reached. */
function isRetryable(error: Error | undefined): boolean {
  return typeof (error as { code?: unknown } | undefined)?.code !== 'number';
}

function withPath(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const address = new URL(url);
  if (address.pathname === '/') address.pathname = '/v1/traces';
  return address.href;
}

function agentFor(scheme: string, env: NodeJS.ProcessEnv): HttpAgent {
  if (scheme === 'http:') return new HttpAgent({ keepAlive: true });
  const file = (name: string): Buffer | undefined => {
    const path = otlpVariable(env, name);
    return path === undefined ? undefined : readFileSync(path);
  };
  return new HttpsAgent({
    keepAlive: true,
    ca: file('CERTIFICATE'),
    cert: file('CLIENT_CERTIFICATE'),
    key: file('CLIENT_KEY'),
  });
}
