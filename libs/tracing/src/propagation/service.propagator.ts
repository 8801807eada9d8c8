import {
  type Context,
  createContextKey,
  isSpanContextValid,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed, W3CBaggagePropagator } from '@opentelemetry/core';
import type { Header } from './b3.js';
import { type IncomingTrace, readIncomingTrace } from './incoming-trace.js';
import { PropagationCounts } from './propagation-counts.js';
import type { PropagatorName } from './propagator-name.js';
import { formatTraceparent } from './trace-context.js';

const DEBUG = createContextKey('@crowsnest/observability/b3-debug');
const MAX_BAGGAGE = 1_024;
const MAX_BAGGAGE_MEMBERS = 16;

/**
 * Carries the trace of one app from service to service: it understands W3C and B3 headers and writes those it was told
 * to. OpenTelemetry's own propagators accept ids inside of longer texts, pass malformed ones on and let B3 win, so
 * reading and writing of ids is done here; see `incoming-trace`.
 */
export class ServicePropagator implements TextMapPropagator {
  readonly counts = new PropagationCounts();
  readonly #baggage = new W3CBaggagePropagator();

  constructor(private readonly formats: ReadonlySet<PropagatorName>) {}

  /** Reads what the headers say, and leaves it to the caller whether to believe it. */
  read(header: Header): IncomingTrace {
    return readIncomingTrace(header, this.counts);
  }

  /** The context in which the caller's trace goes on. */
  continue(context: Context, { parent, debug }: IncomingTrace, header: Header): Context {
    let continued = parent === undefined ? context : trace.setSpanContext(context, parent);
    if (debug) continued = continued.setValue(DEBUG, true);
    const baggage = this.formats.has('baggage') ? header('baggage') : undefined;
    if (baggage === undefined || baggage === '') return continued;
    if (baggage.length > MAX_BAGGAGE || baggage.split(',', MAX_BAGGAGE_MEMBERS + 1).length > MAX_BAGGAGE_MEMBERS) {
      this.counts.malformed += 1;
      return continued;
    }
    return this.#baggage.extract(continued, baggage, { get: (carrier) => carrier, keys: () => ['baggage'] });
  }

  /** For instrumentations, which cannot tell who the peer is: the trace goes on, B3's debug flag does not. */
  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    const header: Header = (name) => {
      const value = getter.get(carrier, name);
      // Several values of what may stand once fail the patterns, as they do where Node joins them.
      return Array.isArray(value) ? value.join(', ') : value;
    };
    return this.continue(context, { ...this.read(header), debug: false }, header);
  }

  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    if (isTracingSuppressed(context)) return;
    const { formats } = this;
    const span = trace.getSpanContext(context);
    if (span !== undefined && isSpanContextValid(span)) {
      const set = (name: string, value: string): void => setter.set(carrier, name, value);
      const { traceId, spanId, traceFlags, traceState } = span;
      const sampled = String(traceFlags & 1);
      const debug = context.getValue(DEBUG) === true;
      if (formats.has('tracecontext')) {
        set('traceparent', formatTraceparent(span));
        const state = traceState?.serialize() ?? '';
        if (state !== '') set('tracestate', state);
      }
      if (formats.has('b3')) set('b3', `${traceId}-${spanId}-${debug ? 'd' : sampled}`);
      if (formats.has('b3multi')) {
        set('X-B3-TraceId', traceId);
        set('X-B3-SpanId', spanId);
        // OpenTelemetry forbids to send the parent's id, and B3 the sampling state beside the debug flag.
        if (debug) set('X-B3-Flags', '1');
        else set('X-B3-Sampled', sampled);
      }
    }
    if (formats.has('baggage')) this.#baggage.inject(context, carrier, setter);
  }

  fields(): string[] {
    const { formats } = this;
    return [
      ...(formats.has('tracecontext') ? ['traceparent', 'tracestate'] : []),
      ...(formats.has('baggage') ? ['baggage'] : []),
      ...(formats.has('b3') ? ['b3'] : []),
      ...(formats.has('b3multi') ? ['X-B3-TraceId', 'X-B3-SpanId', 'X-B3-Sampled', 'X-B3-Flags'] : []),
    ];
  }
}
