import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { areWritable, isWritable, writeAttribute } from './otlp-attribute.js';
import { ProtobufWriter } from './protobuf-writer.js';

// Fields of opentelemetry/proto/trace/v1/trace.proto, as tags on the wire.
const NAME = 0x2a;
const KIND = 0x30;
const ATTRIBUTES = 0x4a;

/** Spans have few names, and those of one name differ in few things; should they not, what is remembered is bounded. */
const MAX_NAMES = 256;
const MAX_PATTERNS_OF_NAME = 16;
const MAX_REMEMBERED_LENGTH = 128;

/** What spans of one name and kind have in common: the same attributes, some of them with the same value. */
class SpanPattern {
  readonly #kind: ReadableSpan['kind'];
  readonly #names: readonly string[];
  readonly #values: readonly (AttributeValue | undefined)[];
  readonly #open: readonly boolean[];
  readonly #common: Uint8Array;

  constructor({ name, kind, attributes }: ReadableSpan, open: ReadonlySet<string>, writer: ProtobufWriter) {
    this.#kind = kind;
    this.#names = Object.keys(attributes);
    this.#values = Object.values(attributes);
    this.#open = this.#names.map((one, place) => open.has(one) || !isRemembered(this.#values[place]));
    writer.text(NAME, name);
    writer.integer(KIND, kind + 1);
    for (const [place, one] of this.#names.entries()) {
      if (!this.#open[place]) writeAttribute(writer, ATTRIBUTES, one, this.#values[place]);
    }
    this.#common = writer.take().bytes;
  }

  fits({ kind, attributes }: ReadableSpan): boolean {
    if (kind !== this.#kind) return false;
    let place = 0;
    for (const name in attributes) {
      if (name !== this.#names[place]) return false;
      const value = attributes[name];
      if (this.#open[place] ? !isWritable(value) : value !== this.#values[place]) return false;
      place += 1;
    }
    return place === this.#names.length;
  }

  writeTo(into: ProtobufWriter, attributes: Attributes): void {
    into.raw(this.#common);
    for (let place = 0; place < this.#names.length; place += 1) {
      if (!this.#open[place]) continue;
      const name = this.#names[place]!;
      writeAttribute(into, ATTRIBUTES, name, attributes[name]);
    }
  }

  /** Notes which values its attributes have. */
  addValues(seen: Map<string, Set<unknown>>): void {
    for (const [place, name] of this.#names.entries()) {
      const values = seen.get(name) ?? new Set();
      if (!this.#open[place]) seen.set(name, values.add(this.#values[place]));
    }
  }
}

/** The patterns of spans with one name. */
class NamePatterns {
  /** Attributes that have ever new values. */
  readonly #open = new Set<string>();
  #patterns: SpanPattern[] = [];

  of(span: ReadableSpan, writer: ProtobufWriter): SpanPattern | undefined {
    for (const pattern of this.#patterns) if (pattern.fits(span)) return pattern;
    if (!areWritable(span.attributes)) return undefined;
    if (this.#patterns.length >= MAX_PATTERNS_OF_NAME) this.#openOne();
    const made = new SpanPattern(span, this.#open, writer);
    this.#patterns.push(made);
    return made;
  }

  /** Begins anew without the values of the attribute that has the most of them. */
  #openOne(): void {
    const seen = new Map<string, Set<unknown>>();
    for (const pattern of this.#patterns) pattern.addValues(seen);
    const [most] = [...seen].sort(([, one], [, other]) => other.size - one.size);
    if (most !== undefined) this.#open.add(most[0]);
    this.#patterns = [];
  }
}

/** Writes name, kind and attributes of spans, and only once what comes again and again. */
export class SpanPatterns {
  readonly #byName = new Map<string, NamePatterns>();
  readonly #writer = new ProtobufWriter();

  /** Says whether it could: attributes may be what is left to others. */
  write(into: ProtobufWriter, span: ReadableSpan): boolean {
    const pattern = this.#of(span.name).of(span, this.#writer);
    pattern?.writeTo(into, span.attributes);
    return pattern !== undefined;
  }

  #of(name: string): NamePatterns {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#byName.size >= MAX_NAMES) this.#byName.clear();
    const made = new NamePatterns();
    this.#byName.set(name, made);
    return made;
  }
}

/** Whether a value may stand in a pattern; one that is no number equals nothing, not even itself. */
function isRemembered(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= MAX_REMEMBERED_LENGTH : value === value;
}
