import type { ObservabilityModuleOptions } from '#observability';
import type { Recording } from './recording.js';

/** The options of an app with every way out replaced by a recording, and no port of its own unless it asks for one. */
export function inMemoryOptions(
  { destination, spanProcessor, reporter, audit: store }: Recording,
  options: ObservabilityModuleOptions,
): ObservabilityModuleOptions {
  const { logging, tracing, exceptions, audit } = options;
  return {
    management: false,
    ...options,
    logging: logging !== false && { ...logging, destination, pretty: false },
    tracing: tracing !== false && {
      ...tracing,
      otlp: false,
      zipkin: false,
      exporters: [],
      spanProcessors: [...(tracing?.spanProcessors ?? []), spanProcessor],
    },
    exceptions: exceptions !== false && { ...exceptions, sentry: false, honeybadger: false, reporters: [reporter] },
    audit: audit !== false && { ...audit, file: undefined, postgres: undefined, store },
  };
}
