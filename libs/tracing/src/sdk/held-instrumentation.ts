import type { TracerProvider } from '@opentelemetry/api';
import { holdInProcess, type Observations } from '#observation';
import type { Instrumentation } from '../instrumentation.js';
import { patchLoadedLibraries } from './loaded-libraries.js';

/** An instrumentation at work for all apps of the process: a library's prototypes can be patched only once. */
class HeldInstrumentation {
  constructor(
    readonly instrumentation: Instrumentation,
    provider: TracerProvider,
  ) {
    instrumentation.setTracerProvider(provider);
    instrumentation.enable();
  }

  release(): void {
    this.instrumentation.disable();
  }
}

/** Puts an instrumentation to work, or lets another app's instrumentation of the same name do the work for both. */
export function holdInstrumentation(app: Observations, wanted: Instrumentation, provider: TracerProvider): void {
  const name = `instrumentation ${wanted.instrumentationName}`;
  const held = holdInProcess(app, name, () => new HeldInstrumentation(wanted, provider));
  if (held.instrumentation !== wanted) wanted.disable();
  patchLoadedLibraries(held.instrumentation);
}
