import type { TracerProvider } from '@opentelemetry/api';

/** What an OpenTelemetry instrumentation looks like from outside; every one that extends `InstrumentationBase` fits. */
export interface Instrumentation {
  readonly instrumentationName: string;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: TracerProvider): void;
  /** The libraries that it patches. */
  getModuleDefinitions?(): readonly { readonly name: string; readonly files?: readonly { readonly name: string }[] }[];
}

/** Requests are watched already, and twice the same span would tell two stories about one thing. */
const WATCHED_ALREADY = ['@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici'];

export function checkInstrumentations(instrumentations: unknown): void {
  if (instrumentations === undefined) return;
  if (!Array.isArray(instrumentations)) {
    throw new Error(`TracingModule: instrumentations is ${JSON.stringify(instrumentations)}. Give a list.`);
  }
  for (const instrumentation of instrumentations as Partial<Instrumentation>[]) {
    const name = instrumentation?.instrumentationName;
    if (typeof name !== 'string' || typeof instrumentation.setTracerProvider !== 'function') {
      throw new Error(
        `TracingModule: instrumentations has ${String(instrumentation)}, which is no OpenTelemetry instrumentation. ` +
          'Give objects such as `new PgInstrumentation()`.',
      );
    }
    if (WATCHED_ALREADY.includes(name)) {
      throw new Error(
        `TracingModule: instrumentations has ${name}, whose spans this module makes itself. Leave it out.`,
      );
    }
  }
}
