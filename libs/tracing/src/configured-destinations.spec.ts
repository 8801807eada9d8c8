import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { configuredDestinations } from './configured-destinations.js';
import type { TracingOptions } from './tracing.options.js';

const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
const ZIPKIN = { OTEL_EXPORTER_ZIPKIN_ENDPOINT: 'http://127.0.0.1:9411/api/v2/spans' };

describe('configuredDestinations', () => {
  it.each<[string, TracingOptions, Record<string, string>, string[]]>([
    ['nothing', {}, {}, []],
    ['an address of OTLP', { otlp: { url: 'http://127.0.0.1:4318' } }, {}, ['otlp']],
    ['the variable for all signals', {}, OTLP, ['otlp']],
    ['the variable for traces', {}, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318' }, ['otlp']],
    ['headers beside the variable', { otlp: { headers: { key: 'value' } } }, OTLP, ['otlp']],
    ['otlp: false against the variable', { otlp: false }, OTLP, []],
    ['the exporter none against the variables', {}, { ...OTLP, ...ZIPKIN, OTEL_TRACES_EXPORTER: 'none' }, []],
    ['an option against the exporter none', { otlp: {} }, { ...OTLP, OTEL_TRACES_EXPORTER: 'none' }, ['otlp']],
    ['the exporter otlp', {}, { OTEL_TRACES_EXPORTER: 'otlp' }, ['otlp']],
    ['an empty variable', {}, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, []],
    ['an address of Zipkin', { zipkin: { url: 'http://127.0.0.1:9411' } }, {}, ['zipkin']],
    ['the variable for Zipkin', {}, ZIPKIN, ['zipkin']],
    ['zipkin: false against the variable', { zipkin: false }, ZIPKIN, []],
    [
      'exporters',
      { exporters: [new InMemorySpanExporter(), new InMemorySpanExporter()] },
      {},
      ['exporter_1', 'exporter_2'],
    ],
  ])('sends where it is told to by %s', async (_, options, env, names) => {
    const destinations = await configuredDestinations(options, env);
    expect(destinations.map(({ name }) => name)).toEqual(names);
  });

  it.each<[TracingOptions, string]>([
    [{ otlp: {} }, 'TracingModule: otlp names no server. Give otlp.url or set OTEL_EXPORTER_OTLP_ENDPOINT.'],
    [{ zipkin: {} }, 'TracingModule: zipkin names no server. Give zipkin.url or set OTEL_EXPORTER_ZIPKIN_ENDPOINT.'],
  ])('refuses a destination without an address', async (options, message) => {
    await expect(configuredDestinations(options, {})).rejects.toThrow(message);
  });
});
