import { context as activeContext, type Context, type Link, type Span, SpanKind, trace } from '@opentelemetry/api';
import { isTracingSuppressed, millisToHrTime as timeOf } from '@opentelemetry/core';
import { Logger } from '@nestjs/common';
import {
  type HttpClientObservation,
  type HttpServerObservation,
  type MethodObservation,
  type Observation,
  type ObservationHandler,
  OBSERVED_ASPECT,
} from '#observation';
import { contextOfRequest, isLeftOut } from './request-in-context.js';
import type { Scrubber } from '#redaction';
import type { ServiceTraces } from './sdk/service-traces.js';
import { describeCall, finishClientSpan } from './spans/http-client.span.js';
import { describeRequest, finishServerSpan } from './spans/http-server.span.js';
import { finishMethodSpan, type MethodSpan, methodSpanOf } from './spans/method.span.js';
import type { RecordedErrors } from './spans/recorded-errors.js';
import { remembered } from './spans/remembered.js';
import { RequestNames } from './spans/request-names.js';
import { TRACED_ASPECT } from './traced.decorator.js';

/** Makes a span of each observation, and gives the observation the span's ids and context. */
export class ObservationSpans implements ObservationHandler {
  readonly component = 'tracing';
  readonly aspects = [TRACED_ASPECT, OBSERVED_ASPECT];
  readonly #names = new RequestNames();
  readonly #logger = new Logger('Tracing');

  constructor(
    private readonly traces: ServiceTraces,
    private readonly errors: RecordedErrors,
    private readonly scrubber: Scrubber,
  ) {}

  started(observation: Observation): void {
    if (observation.kind === 'http.server') this.#startServer(observation);
    else if (observation.kind === 'http.client') this.#startClient(observation);
    else this.#startMethod(observation);
  }

  stopped(observation: Observation): void {
    const method = observation.kind === 'method' ? methodSpanOf(observation) : undefined;
    const isWithoutSpan = observation.trace === undefined || (observation.kind === 'method' && method === undefined);
    const context = observation.context as Context;
    if (isWithoutSpan || isLeftOut(context)) return;
    const span = trace.getSpan(context)!;
    const name = this.#nameOf(observation, method);
    try {
      if (span.isRecording()) {
        if (observation.kind === 'http.server') finishServerSpan(span, name, observation, this.errors, this.scrubber);
        else if (observation.kind === 'http.client') finishClientSpan(span, observation);
        else finishMethodSpan(span, observation, method!, this.errors);
      }
    } finally {
      // A span that is never ended is never exported. Of a number, the SDK would ask its clock from when it is counted.
      if (span.isRecording()) span.end(timeOf(observation.startTimeMs + observation.durationMs!));
      this.traces.recent.add(remembered(observation, name, method));
    }
  }

  #startServer(request: HttpServerObservation): void {
    const { propagator, silentTracer } = this.traces;
    const header = (name: string): string | undefined => request.headers[name] as string | undefined;
    const incoming = propagator.read(header);
    let context = contextOfRequest(request);
    let links: Link[] | undefined;
    if (request.trustedPeer) context = propagator.continue(context, incoming, header);
    else if (incoming.parent !== undefined) {
      links = [{ context: { ...incoming.parent, traceState: undefined } }];
      this.#noteStranger(request);
    }
    const refused = request.trustedPeer && incoming.parent === undefined && incoming.sampled === false;
    const tracer = refused ? silentTracer : this.traces.tracerFor(context);
    const options = { kind: SpanKind.SERVER, startTimeMs: request.startTimeMs, links };
    const span = tracer.startSpan(this.#names.of(request.method), options, context);
    if (span.isRecording()) describeRequest(span, request);
    this.#opened(request, context, span);
  }

  #startClient(request: HttpClientObservation): void {
    const context = contextOf(request);
    if (isTracingSuppressed(context)) return;
    const options = { kind: SpanKind.CLIENT, startTimeMs: request.startTimeMs };
    const span = this.traces.tracerFor(context).startSpan(this.#names.of(request.method), options, context);
    if (span.isRecording()) describeCall(span, request);
    this.#opened(request, context, span);
    let injected = true;
    this.traces.propagator.inject(request.context as Context, request, {
      set: (carrier, name, value) => (injected = carrier.setHeader(name, value) && injected),
    });
    if (!injected) this.traces.propagator.counts.notInjected += 1;
  }

  #startMethod(call: MethodObservation): void {
    const context = contextOf(call);
    if (isTracingSuppressed(context)) return;
    const method = methodSpanOf(call);
    if (method === undefined) {
      // Timed and audited calls without a span of their own tell of the one around them.
      const around = trace.getSpanContext(context);
      if (around !== undefined)
        call.trace = { traceId: around.traceId, spanId: around.spanId, traceFlags: around.traceFlags };
      return;
    }
    const options = { kind: method.kind, startTimeMs: call.startTimeMs };
    this.#opened(call, context, this.traces.tracerFor(context).startSpan(method.name, options, context));
  }

  #nameOf(observation: Observation, method: MethodSpan | undefined): string {
    if (observation.kind === 'method') return method!.name;
    return this.#names.of(observation.method, observation.kind === 'http.server' ? observation.route : undefined);
  }

  #opened(observation: Observation, parent: Context, span: Span): void {
    const { traceId, spanId, traceFlags } = span.spanContext();
    observation.trace = { traceId, spanId, traceFlags, parentSpanId: trace.getSpanContext(parent)?.spanId };
    observation.context = trace.setSpan(parent, span);
  }

  /** Traces of strangers are linked and not continued: they could force sampling, or fill one trace without end. */
  #noteStranger({ clientAddress }: HttpServerObservation): void {
    const { counts } = this.traces.propagator;
    counts.untrusted += 1;
    if (counts.untrusted > 1) return;
    this.#logger.log(
      `${clientAddress} sends a trace context but is no trusted peer: its requests get traces of their own, linked to ` +
        'its own. Name it in trust.peers to have its traces continued.',
    );
  }
}

/** The caller's context, which stays suppressed for whatever is done on behalf of the suite itself. */
function contextOf(observation: Observation): Context {
  const context = (observation.context as Context | undefined) ?? activeContext.active();
  observation.context = context;
  return context;
}
