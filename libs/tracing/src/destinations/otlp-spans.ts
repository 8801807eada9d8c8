import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import {
  type IExportTraceServiceResponse,
  type ISerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type SpanForm, WHOLE_SPAN } from '../span-form.js';
import { AttributeBytes } from './attribute-bytes.js';
import { ProtobufWriter } from './protobuf-writer.js';

// Fields of opentelemetry/proto/trace/v1/trace.proto and of its messages, as tags on the wire.
const RESOURCE_SPANS = 0x0a;
const RESOURCE = 0x0a;
const RESOURCE_ATTRIBUTES = 0x0a;
const SCOPE_SPANS = 0x12;
const SCHEMA_URL = 0x1a;
const SCOPE = 0x0a;
const SCOPE_NAME = 0x0a;
const SCOPE_VERSION = 0x12;
const SPAN = 0x12;
const TRACE_ID = 0x0a;
const SPAN_ID = 0x12;
const PARENT_SPAN_ID = 0x22;
const NAME = 0x2a;
const KIND = 0x30;
const START = 0x39;
const END = 0x41;
const ATTRIBUTES = 0x4a;
const DROPPED_ATTRIBUTES = 0x50;
const STATUS = 0x7a;
const STATUS_MESSAGE = 0x12;
const STATUS_CODE = 0x18;
const FLAGS = 0x85;
/** Bits of the flags above those of W3C. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** A span that is bytes already: a message of its own, which only has to be put below its resource and scope. */
class EncodedSpan {
  constructor(
    readonly resource: ReadableSpan['resource'],
    readonly instrumentationScope: ReadableSpan['instrumentationScope'],
    readonly bytes: Uint8Array,
  ) {}
}

/** Plain spans are encoded as soon as they have ended; all others wait for OpenTelemetry's serializer. */
export type OtlpSpan = EncodedSpan | ReadableSpan;

type Serializer = ISerializer<OtlpSpan[], IExportTraceServiceResponse>;

/**
 * Makes OTLP's protobuf of spans. Plain ones, as nearly all are, are written here, where attributes that come again and
 * again are written once; all others are left to OpenTelemetry. Two messages in a row are one message with both
 * contents: so the wire format says. A span that waits as bytes is nothing that garbage collection would have to move.
 */
export class OtlpSpans implements SpanForm<OtlpSpan>, Serializer {
  readonly #writer = new ProtobufWriter();
  readonly #ofSpans = new AttributeBytes(ATTRIBUTES);
  readonly #ofResources = new AttributeBytes(RESOURCE_ATTRIBUTES);
  readonly #plainResources = new WeakMap<object, boolean>();

  of(span: ReadableSpan): OtlpSpan {
    if (!this.#isPlain(span)) return span;
    // What was begun before and not brought to its end.
    this.#writer.clear();
    if (!this.#writeSpan(span)) return span;
    return new EncodedSpan(span.resource, span.instrumentationScope, this.#writer.take());
  }

  sizeOf(span: OtlpSpan): number {
    return span instanceof EncodedSpan ? span.bytes.length : WHOLE_SPAN.sizeOf(span);
  }

  serializeRequest(spans: OtlpSpan[]): Uint8Array {
    const byScope = new Map<ReadableSpan['instrumentationScope'], EncodedSpan[]>();
    const others: ReadableSpan[] = [];
    for (const span of spans) {
      if (!(span instanceof EncodedSpan)) others.push(span);
      else if (!byScope.get(span.instrumentationScope)?.push(span)) byScope.set(span.instrumentationScope, [span]);
    }
    this.#writer.clear();
    // Each tracer has a scope object of its own, and one resource.
    for (const ofScope of byScope.values()) this.#writeScope(ofScope);
    const written = this.#writer.take();
    if (others.length === 0) return written;
    return Buffer.concat([written, ProtobufTraceSerializer.serializeRequest(others) ?? new Uint8Array()]);
  }

  deserializeResponse(bytes: Uint8Array): IExportTraceServiceResponse {
    return ProtobufTraceSerializer.deserializeResponse(bytes);
  }

  #isPlain(span: ReadableSpan): boolean {
    return (
      span.events.length === 0 &&
      span.links.length === 0 &&
      span.droppedEventsCount + span.droppedLinksCount === 0 &&
      span.spanContext().traceState === undefined &&
      this.#isPlainResource(span.resource)
    );
  }

  /** One resource makes all spans of an app. */
  #isPlainResource(resource: ReadableSpan['resource']): boolean {
    let isPlain = this.#plainResources.get(resource);
    if (isPlain === undefined) {
      isPlain = this.#ofResources.write(this.#writer, resource.attributes as Attributes);
      this.#plainResources.set(resource, isPlain);
    }
    return isPlain;
  }

  /** Writes spans that have resource and scope in common. */
  #writeScope(spans: readonly EncodedSpan[]): void {
    const { resource, instrumentationScope } = spans[0]!;
    const writer = this.#writer;
    const resourceSpans = writer.begin(RESOURCE_SPANS);
    const message = writer.begin(RESOURCE);
    this.#ofResources.write(writer, resource.attributes as Attributes);
    writer.end(message);
    const scopeSpans = writer.begin(SCOPE_SPANS);
    const scope = writer.begin(SCOPE);
    writer.text(SCOPE_NAME, instrumentationScope.name);
    if (instrumentationScope.version) writer.text(SCOPE_VERSION, instrumentationScope.version);
    writer.end(scope);
    for (const { bytes } of spans) writer.raw(bytes);
    if (instrumentationScope.schemaUrl) writer.text(SCHEMA_URL, instrumentationScope.schemaUrl);
    writer.end(scopeSpans);
    if (resource.schemaUrl) writer.text(SCHEMA_URL, resource.schemaUrl);
    writer.end(resourceSpans);
  }

  /** Says whether it could: attributes may be what this file leaves to others. */
  #writeSpan(span: ReadableSpan): boolean {
    const writer = this.#writer;
    const { traceId, spanId, traceFlags } = span.spanContext();
    const { parentSpanContext: parent, status } = span;
    const message = writer.begin(SPAN);
    writer.hex(TRACE_ID, traceId);
    writer.hex(SPAN_ID, spanId);
    if (parent !== undefined) writer.hex(PARENT_SPAN_ID, parent.spanId);
    writer.text(NAME, span.name);
    writer.integer(KIND, span.kind + 1);
    writer.time(START, span.startTime);
    writer.time(END, span.endTime);
    if (!this.#ofSpans.write(writer, span.attributes)) return false;
    if (span.droppedAttributesCount > 0) writer.integer(DROPPED_ATTRIBUTES, span.droppedAttributesCount);
    if (status.code !== SpanStatusCode.UNSET) this.#writeStatus(status);
    writer.fixed32(FLAGS, traceFlags | HAS_IS_REMOTE | (parent?.isRemote ? IS_REMOTE : 0));
    writer.end(message);
    return true;
  }

  #writeStatus({ code, message }: ReadableSpan['status']): void {
    const status = this.#writer.begin(STATUS);
    if (message) this.#writer.text(STATUS_MESSAGE, message);
    this.#writer.integer(STATUS_CODE, code);
    this.#writer.end(status);
  }
}
