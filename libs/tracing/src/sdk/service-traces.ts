import type { Context, TracerProvider } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { holdInProcess, type Observations, RandomHex } from '#observation';
import type { Scrubber } from '#redaction';
import { configuredDestinations } from '../configured-destinations.js';
import { OBSERVATION_SCOPE } from '../observation-scope.js';
import { RecentSpans } from '../recent-spans.js';
import { propagatorsOf } from '../propagation/propagator-name.js';
import { ServicePropagator } from '../propagation/service.propagator.js';
import { RecentObservations } from '../recent-observations.js';
import { isLeftOut } from '../request-in-context.js';
import { samplerOf } from '../sampling.js';
import { SpanDelivery } from '../span-delivery.js';
import { DEFAULT_RECENT, type TracingOptions } from '../tracing.options.js';
import { within } from '../within.js';
import { holdInstrumentation } from './held-instrumentation.js';
import type { ObservationTracer } from './observation.tracer.js';
import { type AppTelemetry, OpenTelemetryGlobals } from './opentelemetry-globals.js';

const SPAN_LIMITS = {
  attributeCountLimit: 64,
  attributeValueLengthLimit: 1_024,
  eventCountLimit: 16,
  linkCountLimit: 16,
};

interface Parts {
  readonly app: Observations;
  readonly globals: OpenTelemetryGlobals;
  /** Makes spans of users and instrumentations as the sampler says. */
  readonly sampling: TracerProvider;
  /** Makes spans that only hand the trace on, and ask the next service not to keep it either. */
  readonly silent: TracerProvider;
  /** The same two for the suite's own spans. */
  readonly tracer: ObservationTracer;
  readonly silentTracer: ObservationTracer;
  readonly processors: readonly SpanProcessor[];
  readonly deliveries: readonly SpanDelivery[];
  readonly propagator: ServicePropagator;
  readonly recent: RecentObservations;
}

/** OpenTelemetry as one app uses it. */
export class ServiceTraces implements AppTelemetry {
  readonly deliveries: readonly SpanDelivery[];
  readonly propagator: ServicePropagator;
  readonly recent: RecentObservations;
  readonly silentTracer: ObservationTracer;

  private constructor(private readonly parts: Parts) {
    const { deliveries, propagator, recent, silentTracer } = parts;
    this.deliveries = deliveries;
    this.propagator = propagator;
    this.recent = recent;
    this.silentTracer = silentTracer;
  }

  /** Starts the SDK for an app; it and the exporters are loaded now, so that an app without traces does not pay for them. */
  static async start(app: Observations, options: TracingOptions, scrubber: Scrubber): Promise<ServiceTraces> {
    const [sdk, { ObservationTracer }, { serviceResource }, destinations] = await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('./observation.tracer.js'),
      import('./service-resource.js'),
      configuredDestinations(options),
    ]);
    const warn = (message: string): void => app.internalErrors.record('tracing', new Error(message));
    const recent = new RecentObservations(options.recent ?? DEFAULT_RECENT);
    const deliveries = destinations.map((destination) => new SpanDelivery(destination, app));
    const processors = [new RecentSpans(recent, scrubber), ...deliveries, ...(options.spanProcessors ?? [])];
    const globals = holdInProcess(app, 'opentelemetry', () => new OpenTelemetryGlobals());
    const random = new RandomHex();
    const ids = { generateTraceId: () => random.take(32), generateSpanId: () => random.take(16) };
    const sampler = samplerOf(options.sampling, sdk, warn);
    const recorded = { resource: serviceResource(app.service), spanLimits: SPAN_LIMITS, spanProcessors: processors };
    const sampling = new sdk.TracerProvider({ ...recorded, sampler, idGenerator: ids });
    const tracer = new ObservationTracer(sampler, ids, (head) =>
      new sdk.TracerProvider({ ...recorded, sampler: head, idGenerator: head }).getTracer(OBSERVATION_SCOPE),
    );
    const off = new sdk.AlwaysOffSampler();
    const silent = new sdk.TracerProvider({ sampler: off, idGenerator: ids });
    const silentTracer = new ObservationTracer(off, ids);
    const propagator = new ServicePropagator(propagatorsOf(options.propagators, process.env, warn));
    const parts = { app, globals, sampling, silent, tracer, silentTracer, processors, deliveries, propagator, recent };
    const traces = new ServiceTraces(parts);
    globals.add(app, traces);
    for (const instrumentation of options.instrumentations ?? []) {
      holdInstrumentation(app, instrumentation, globals.tracerProvider);
    }
    return traces;
  }

  /** The tracer of the suite's own spans. */
  tracerFor(context: Context): ObservationTracer {
    return isLeftOut(context) ? this.silentTracer : this.parts.tracer;
  }

  providerFor(context: Context): TracerProvider {
    return isLeftOut(context) ? this.parts.silent : this.parts.sampling;
  }

  /** Sends what is left and lets go of everything, within the deadline; never rejects. */
  async close(deadlineMs: number): Promise<void> {
    await Promise.all(this.parts.processors.map((processor) => this.#end(processor, deadlineMs)));
    this.parts.globals.remove(this.parts.app);
  }

  async #end(processor: SpanProcessor, deadlineMs: number): Promise<void> {
    try {
      if (processor instanceof SpanDelivery) await processor.close(deadlineMs);
      else await within(deadlineMs, endOf(processor));
    } catch (error) {
      this.parts.app.internalErrors.record('tracing', error);
    }
  }
}

async function endOf(processor: SpanProcessor): Promise<void> {
  await processor.forceFlush();
  await processor.shutdown();
}
