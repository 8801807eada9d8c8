import { createRequire } from 'node:module';
import {
  context,
  type Context,
  propagation,
  ProxyTracerProvider,
  type TextMapPropagator,
  trace,
  type TracerProvider,
} from '@opentelemetry/api';
import { currentFrame, type Observations } from '#observation';
import { FrameContextManager } from './frame.context-manager.js';
import { RoutingTracerProvider } from './routing.tracer-provider.js';
import { followSdkTrouble } from './sdk-trouble.js';

/** What one app lends to the globals. */
export interface AppTelemetry {
  readonly propagator: TextMapPropagator;
  providerFor(context: Context): TracerProvider;
}

const NO_TRACING: TracerProvider = new ProxyTracerProvider();

/** OpenTelemetry's globals, taken once for all apps of the process, and free again when the last one has left. */
export class OpenTelemetryGlobals {
  readonly tracerProvider = new RoutingTracerProvider(
    (spanContext) => this.#here()?.providerFor(spanContext) ?? NO_TRACING,
  );
  readonly #apps = new Map<Observations, AppTelemetry>();
  readonly #unfollow: () => void;

  constructor() {
    const taken = this.#take();
    if (taken !== undefined) {
      throw new Error(
        `TracingModule: OpenTelemetry's global ${taken} is set already, by another set-up or another version of ` +
          '@opentelemetry/api. Take that set-up out; its processors, exporters and instrumentations can be given to ' +
          'the options of this module. Or switch this one off with `tracing: false`.',
      );
    }
    this.#unfollow = followSdkTrouble();
  }

  add(app: Observations, telemetry: AppTelemetry): void {
    this.#apps.set(app, telemetry);
  }

  remove(app: Observations): void {
    this.#apps.delete(app);
  }

  release(): void {
    trace.disable();
    context.disable();
    propagation.disable();
    this.#unfollow();
  }

  /** The app of the running code; work that belongs to no app counts for the oldest one. */
  #here(): AppTelemetry | undefined {
    const app = currentFrame()?.app;
    return app === undefined ? this.#apps.values().next().value : this.#apps.get(app);
  }

  #take(): string | undefined {
    const inCommonJs = loadedCommonJsApi();
    // Tracers that were asked for before now are bound to their copy of the API for ever.
    if (inCommonJs?.trace.setGlobalTracerProvider(this.tracerProvider)) inCommonJs.trace.disable();
    if (!trace.setGlobalTracerProvider(this.tracerProvider)) return 'tracer provider';
    if (!context.setGlobalContextManager(new FrameContextManager())) {
      trace.disable();
      return 'context manager';
    }
    if (!propagation.setGlobalPropagator(this.#routingPropagator())) {
      trace.disable();
      context.disable();
      return 'propagator';
    }
    return undefined;
  }

  #routingPropagator(): TextMapPropagator {
    return {
      inject: (spanContext, carrier, setter) => this.#here()?.propagator.inject(spanContext, carrier, setter),
      extract: (spanContext, carrier, getter) =>
        this.#here()?.propagator.extract(spanContext, carrier, getter) ?? spanContext,
      fields: () => this.#here()?.propagator.fields() ?? [],
    };
  }
}

/** The API's second copy: a CommonJS program that asked it for a tracer would otherwise wait for ever. */
function loadedCommonJsApi(): typeof import('@opentelemetry/api') | undefined {
  const require = createRequire(import.meta.url);
  const loaded = require.cache[require.resolve('@opentelemetry/api')];
  return loaded?.exports as typeof import('@opentelemetry/api') | undefined;
}
