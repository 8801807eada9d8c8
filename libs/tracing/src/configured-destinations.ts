import { ExporterDestination } from './destinations/exporter.destination.js';
import { otlpDestination } from './destinations/otlp.destination.js';
import { otlpVariable } from './destinations/otlp.options.js';
import { ZipkinDestination } from './destinations/zipkin.destination.js';
import type { SpanDestination } from './span-destination.js';
import type { TracingOptions } from './tracing.options.js';

/**
 * The destinations that options and the standard variables name. Nothing is sent unless somebody asked for it:
 * OpenTelemetry's own default, a collector on this machine, is nobody's wish.
 */
export async function configuredDestinations(
  { otlp, zipkin, exporters = [] }: TracingOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SpanDestination<unknown>[]> {
  const asked = (env['OTEL_TRACES_EXPORTER'] ?? '').split(',').map((name) => name.trim());
  const none = asked.includes('none');
  const destinations: SpanDestination<unknown>[] = [];

  const otlpByEnvironment = asked.includes('otlp') || otlpVariable(env, 'ENDPOINT') !== undefined;
  if (otlp || (otlp === undefined && otlpByEnvironment && !none)) {
    if (!otlp?.url && !otlpByEnvironment) throw new Error(noAddress('otlp', 'OTEL_EXPORTER_OTLP_ENDPOINT'));
    destinations.push(await otlpDestination(otlp ?? {}, env));
  }

  const zipkinVariable = env['OTEL_EXPORTER_ZIPKIN_ENDPOINT'] || undefined;
  if (zipkin || (zipkin === undefined && zipkinVariable !== undefined && !none)) {
    const url = zipkin?.url ?? zipkinVariable;
    if (url === undefined) throw new Error(noAddress('zipkin', 'OTEL_EXPORTER_ZIPKIN_ENDPOINT'));
    destinations.push(new ZipkinDestination({ ...zipkin, url }));
  }

  for (const [index, exporter] of exporters.entries()) {
    destinations.push(new ExporterDestination(`exporter_${index + 1}`, exporter));
  }
  return destinations;
}

function noAddress(option: string, variable: string): string {
  return `TracingModule: ${option} names no server. Give ${option}.url or set ${variable}.`;
}
