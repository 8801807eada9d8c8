import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import {
  type IExportTraceServiceResponse,
  type ISerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type SpanForm, WHOLE_SPAN } from '../span-form.js';
import { areWritable, writeAttribute } from './otlp-attribute.js';
import { Piece, ProtobufWriter } from './protobuf-writer.js';
import { SpanPatterns } from './span-patterns.js';

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
const START = 0x39;
const END = 0x41;
const DROPPED_ATTRIBUTES = 0x50;
const STATUS = 0x7a;
const STATUS_MESSAGE = 0x12;
const STATUS_CODE = 0x18;
const FLAGS = 0x85;
/** Bits of the flags above those of W3C. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** How many bytes the length of a message probably takes, of a span and of many of them. */
const MIDDLE = 2;
const LARGE = 3;

/** Enough for what stands around the spans of a request. */
const ROOM = 1_024;

/** A span that is bytes already: a message of its own, which only has to be put below its resource and scope. */
class EncodedSpan {
  constructor(
    readonly resource: ReadableSpan['resource'],
    readonly instrumentationScope: ReadableSpan['instrumentationScope'],
    readonly piece: Piece,
  ) {}
}

/** Plain spans are encoded as soon as they have ended; all others wait for OpenTelemetry's serializer. */
export type OtlpSpan = EncodedSpan | ReadableSpan;

type Serializer = ISerializer<OtlpSpan[], IExportTraceServiceResponse>;

/**
 * Makes OTLP's protobuf of spans. Plain ones, as nearly all are, are written here, by patterns; all others are left to
 * OpenTelemetry. Two messages in a row are one message with both contents: so the wire format says. A span that waits as
 * bytes is nothing that garbage collection would have to move, and those that wait side by side are copied as one.
 */
export class OtlpSpans implements SpanForm<OtlpSpan>, Serializer {
  readonly #writer = new ProtobufWriter();
  readonly #patterns = new SpanPatterns();
  /** One resource makes all spans of an app. */
  #resource: ReadableSpan['resource'] | undefined;
  #isPlainResource = false;

  of(span: ReadableSpan): OtlpSpan {
    if (!this.#isPlain(span)) return span;
    // What was begun before and not brought to its end.
    this.#writer.clear();
    if (!this.#writeSpan(span)) return span;
    return new EncodedSpan(span.resource, span.instrumentationScope, this.#writer.take());
  }

  sizeOf(span: OtlpSpan): number {
    return span instanceof EncodedSpan ? span.piece.end - span.piece.start : WHOLE_SPAN.sizeOf(span);
  }

  serializeRequest(spans: OtlpSpan[]): Uint8Array {
    const byScope = new Map<ReadableSpan['instrumentationScope'], EncodedSpan[]>();
    const others: ReadableSpan[] = [];
    for (const span of spans) {
      if (!(span instanceof EncodedSpan)) others.push(span);
      else if (!byScope.get(span.instrumentationScope)?.push(span)) byScope.set(span.instrumentationScope, [span]);
    }
    // One that is used again would keep each request until the next one, and so past the collections of young garbage.
    const writer = new ProtobufWriter();
    // Each tracer has a scope object of its own, and one resource.
    for (const ofScope of byScope.values()) writeScope(writer, ofScope);
    const written = writer.take().bytes;
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
      this.#hasPlainResource(span)
    );
  }

  #hasPlainResource({ resource }: ReadableSpan): boolean {
    if (resource !== this.#resource) {
      this.#resource = resource;
      this.#isPlainResource = areWritable(resource.attributes as Attributes);
    }
    return this.#isPlainResource;
  }

  /** Says whether it could: attributes may be what is left to others. */
  #writeSpan(span: ReadableSpan): boolean {
    const writer = this.#writer;
    const { traceId, spanId, traceFlags } = span.spanContext();
    const { parentSpanContext: parent, status } = span;
    const message = writer.begin(SPAN, MIDDLE);
    writer.hex(TRACE_ID, traceId);
    writer.hex(SPAN_ID, spanId);
    if (parent !== undefined) writer.hex(PARENT_SPAN_ID, parent.spanId);
    writer.time(START, span.startTime);
    writer.time(END, span.endTime);
    if (!this.#patterns.write(writer, span)) return false;
    if (span.droppedAttributesCount > 0) writer.integer(DROPPED_ATTRIBUTES, span.droppedAttributesCount);
    if (status.code !== SpanStatusCode.UNSET) writeStatus(writer, status);
    writer.fixed32(FLAGS, traceFlags | HAS_IS_REMOTE | (parent?.isRemote ? IS_REMOTE : 0));
    writer.end(message, MIDDLE);
    return true;
  }
}

/** Writes spans that have resource and scope in common. */
function writeScope(writer: ProtobufWriter, spans: readonly EncodedSpan[]): void {
  const { resource, instrumentationScope } = spans[0]!;
  const pieces = joined(spans);
  writer.reserve(pieces.reduce((sum, { start, end }) => sum + end - start, ROOM));
  const resourceSpans = writer.begin(RESOURCE_SPANS, LARGE);
  const message = writer.begin(RESOURCE);
  for (const [name, value] of Object.entries(resource.attributes as Attributes)) {
    writeAttribute(writer, RESOURCE_ATTRIBUTES, name, value);
  }
  writer.end(message);
  const scopeSpans = writer.begin(SCOPE_SPANS, LARGE);
  const scope = writer.begin(SCOPE);
  writer.text(SCOPE_NAME, instrumentationScope.name);
  if (instrumentationScope.version) writer.text(SCOPE_VERSION, instrumentationScope.version);
  writer.end(scope);
  for (const { bytes } of pieces) writer.raw(bytes);
  if (instrumentationScope.schemaUrl) writer.text(SCHEMA_URL, instrumentationScope.schemaUrl);
  writer.end(scopeSpans, LARGE);
  if (resource.schemaUrl) writer.text(SCHEMA_URL, resource.schemaUrl);
  writer.end(resourceSpans, LARGE);
}

function writeStatus(writer: ProtobufWriter, { code, message }: ReadableSpan['status']): void {
  const status = writer.begin(STATUS);
  if (message) writer.text(STATUS_MESSAGE, message);
  writer.integer(STATUS_CODE, code);
  writer.end(status);
}

/** The pieces of spans, those as one that stand side by side. */
function joined(spans: readonly EncodedSpan[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { piece } of spans) {
    const last = pieces.at(-1);
    if (last?.buffer !== piece.buffer || last.end !== piece.start) pieces.push(piece);
    else pieces[pieces.length - 1] = new Piece(last.buffer, last.start, piece.end);
  }
  return pieces;
}
