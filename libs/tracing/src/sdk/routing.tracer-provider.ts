import {
  context as activeContext,
  type Context,
  type ProxyTracerProvider,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

/** Says which tracer provider is right for a context. */
export type TracerProviderOf = (context: Context) => TracerProvider;

type TracerArguments = Parameters<TracerProvider['getTracer']>;
type SpanWork = (span: Span) => unknown;

/** The one tracer provider of the process: each span goes to the app that the running code belongs to. */
export class RoutingTracerProvider implements TracerProvider {
  constructor(readonly providerOf: TracerProviderOf) {}

  getTracer(...args: TracerArguments): Tracer {
    return new RoutedTracer(args);
  }
}

/**
 * What `trace.getTracer()` gives. It asks anew for every span, so that a tracer which somebody keeps in a module works
 * for each app of the process, and for those that come after them.
 */
class RoutedTracer implements Tracer {
  constructor(private readonly args: TracerArguments) {}

  startSpan(name: string, options?: SpanOptions, context: Context = activeContext.active()): Span {
    return this.#tracerFor(context).startSpan(name, options, context);
  }

  startActiveSpan<F extends SpanWork>(name: string, ...rest: unknown[]): ReturnType<F> {
    const context = (rest.length > 2 ? (rest[1] as Context) : undefined) ?? activeContext.active();
    const tracer = this.#tracerFor(context) as { startActiveSpan(name: string, ...rest: unknown[]): ReturnType<F> };
    return tracer.startActiveSpan(name, ...rest);
  }

  #tracerFor(context: Context): Tracer {
    const registered = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate();
    const provider = registered instanceof RoutingTracerProvider ? registered.providerOf(context) : registered;
    return provider.getTracer(...this.args);
  }
}
