import type { Observations } from '#observation';
import { type RedactionOptions, type Scrubber, scrubberOf } from '#redaction';
import { ServiceTraces } from './sdk/service-traces.js';
import { RecordedErrors } from './spans/recorded-errors.js';
import { checkTracingOptions, type TracingOptions } from './tracing.options.js';

/** What tracing consists of while it is on. */
export interface TracingParts {
  readonly app: Observations;
  readonly traces: ServiceTraces;
  readonly errors: RecordedErrors;
  readonly scrubber: Scrubber;
}

/** Starts tracing for an app, unless its options or OTEL_SDK_DISABLED switch it off. */
export async function startTracing(
  options: TracingOptions | false,
  app: Observations,
  redaction?: RedactionOptions | false,
): Promise<TracingParts | undefined> {
  if (options === false) return undefined;
  checkTracingOptions(options);
  if (process.env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') {
    // They are at work from the moment they are made.
    for (const instrumentation of options.instrumentations ?? []) instrumentation.disable();
    return undefined;
  }
  const scrubber = scrubberOf(redaction);
  return {
    app,
    traces: await ServiceTraces.start(app, options, scrubber),
    errors: new RecordedErrors(scrubber),
    scrubber,
  };
}
