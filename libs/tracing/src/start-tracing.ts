import type { Observations } from '#observation';
import type { RedactionOptions } from '#redaction';
import { scrubberOf } from './scrubber.js';
import { ServiceTraces } from './sdk/service-traces.js';
import { RecordedErrors } from './spans/recorded-errors.js';
import { checkTracingOptions, type TracingOptions } from './tracing.options.js';

/** What tracing consists of while it is on. */
export interface TracingParts {
  readonly app: Observations;
  readonly traces: ServiceTraces;
  readonly errors: RecordedErrors;
}

/** Starts tracing for an app, unless its options or OTEL_SDK_DISABLED switch it off. */
export async function startTracing(
  options: TracingOptions | false,
  app: Observations,
  redaction?: RedactionOptions | false,
): Promise<TracingParts | undefined> {
  if (options !== false) checkTracingOptions(options);
  const disabled = process.env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true';
  if (options === false || disabled) return undefined;
  const scrubber = scrubberOf(redaction);
  return {
    app,
    traces: await ServiceTraces.start(app, options, scrubber),
    errors: new RecordedErrors(scrubber),
  };
}
