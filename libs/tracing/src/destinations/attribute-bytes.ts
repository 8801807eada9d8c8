import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { ProtobufWriter } from './protobuf-writer.js';

// Fields of opentelemetry/proto/common/v1/common.proto, as tags on the wire.
const KEY = 0x0a;
const VALUE = 0x12;
const STRING_VALUE = 0x0a;
const BOOL_VALUE = 0x10;
const INT_VALUE = 0x18;
const DOUBLE_VALUE = 0x21;

/** Few keys have few values; those of the others are written anew each time. */
const MAX_KEYS = 256;
const MAX_VALUES = 64;
const MAX_REMEMBERED_LENGTH = 128;

/** Whether this file can write a value: one text, number or boolean. */
function isScalar(value: AttributeValue): boolean {
  return typeof value === 'number' ? value >= 0 || !Number.isInteger(value) : typeof value !== 'object';
}

/** Writes attributes, and remembers how those were written that come again and again. */
export class AttributeBytes {
  readonly #known = new Map<string, Map<AttributeValue, Uint8Array>>();
  readonly #writer = new ProtobufWriter();

  constructor(private readonly tag: number) {}

  /** Says whether it could; if not, what it has written so far is worth nothing. */
  write(into: ProtobufWriter, attributes: Attributes): boolean {
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined) continue;
      if (!isScalar(value)) return false;
      const known = this.#known.get(name)?.get(value) ?? this.#learn(name, value);
      if (known === undefined) this.#writeOne(into, name, value);
      else into.raw(known);
    }
    return true;
  }

  #learn(name: string, value: AttributeValue): Uint8Array | undefined {
    let values = this.#known.get(name);
    if (values === undefined && this.#known.size < MAX_KEYS) this.#known.set(name, (values = new Map()));
    const isLong = typeof value === 'string' && value.length > MAX_REMEMBERED_LENGTH;
    if (values === undefined || values.size >= MAX_VALUES || isLong) return undefined;
    this.#writeOne(this.#writer, name, value);
    const bytes = this.#writer.take();
    values.set(value, bytes);
    return bytes;
  }

  #writeOne(into: ProtobufWriter, name: string, value: AttributeValue): void {
    const attribute = into.begin(this.tag);
    into.text(KEY, name);
    const any = into.begin(VALUE);
    if (typeof value === 'string') into.text(STRING_VALUE, value);
    else if (typeof value === 'boolean') into.integer(BOOL_VALUE, Number(value));
    else if (Number.isSafeInteger(value)) into.integer(INT_VALUE, value as number);
    else into.double(DOUBLE_VALUE, value as number);
    into.end(any);
    into.end(attribute);
  }
}
