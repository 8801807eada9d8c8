import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { checkOtlpOptions, type OtlpOptions } from './destinations/otlp.options.js';
import { checkZipkinOptions, type ZipkinOptions } from './destinations/zipkin.options.js';
import { checkInstrumentations, type Instrumentation } from './instrumentation.js';
import { checkPropagators, type PropagatorName } from './propagation/propagator-name.js';
import { checkSampling, type Sampling } from './sampling.js';

/** How traces are made, continued, kept and sent. */
export interface TracingOptions {
  /**
   * Which traces that begin here are kept; one that a trusted caller began follows the caller's decision.
   * @default OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG, otherwise 'always'
   */
  sampling?: Sampling;
  /**
   * The headers that tell the next service of the trace; incoming ones are understood in all formats, whatever stands here.
   * @default OTEL_PROPAGATORS, otherwise ['tracecontext', 'baggage']
   */
  propagators?: readonly PropagatorName[];
  /**
   * The OpenTelemetry collector, or anything else that takes OTLP; `false` sends nothing even if the environment asks for it.
   * @default OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT, otherwise nothing is sent
   */
  otlp?: OtlpOptions | false;
  /**
   * The Zipkin server; `false` sends nothing even if the environment asks for it.
   * @default OTEL_EXPORTER_ZIPKIN_ENDPOINT, otherwise nothing is sent
   */
  zipkin?: ZipkinOptions | false;
  /**
   * Further ways out, each behind a bounded and counted queue of its own.
   * @default []
   */
  exporters?: readonly SpanExporter[];
  /**
   * Processors that see every sampled span as it starts and ends; what they hold is theirs to bound.
   * @default []
   */
  spanProcessors?: readonly SpanProcessor[];
  /**
   * OpenTelemetry instrumentations of CommonJS libraries, such as `new PgInstrumentation()`; no preload is needed.
   * @default []
   */
  instrumentations?: readonly Instrumentation[];
  /**
   * How many finished observations `GET /observations` remembers.
   * @default 100
   */
  recent?: number;
}

export const DEFAULT_RECENT = 100;

const NAMES: Record<keyof TracingOptions, true> = {
  sampling: true,
  propagators: true,
  otlp: true,
  zipkin: true,
  exporters: true,
  spanProcessors: true,
  instrumentations: true,
  recent: true,
};

/** Refuses what cannot work, naming the option, its value and the way out. */
export function checkTracingOptions(options: TracingOptions): void {
  for (const name of Object.keys(options)) {
    if (name in NAMES) continue;
    throw new Error(`TracingModule: "${name}" is no option. Use one of ${Object.keys(NAMES).join(', ')}.`);
  }
  checkSampling(options.sampling);
  checkPropagators(options.propagators);
  checkOtlpOptions(options.otlp);
  checkZipkinOptions(options.zipkin);
  checkInstrumentations(options.instrumentations);
  for (const name of ['exporters', 'spanProcessors'] as const) {
    if (options[name] === undefined || Array.isArray(options[name])) continue;
    throw new Error(`TracingModule: ${name} is ${JSON.stringify(options[name])}. Give a list.`);
  }
  const { recent = DEFAULT_RECENT } = options;
  if (Number.isInteger(recent) && recent >= 0 && recent <= 10_000) return;
  throw new Error(`TracingModule: recent is ${JSON.stringify(recent)}. Use a whole number from 0 to 10000.`);
}
