import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ProtobufWriter } from './protobuf-writer.js';

// Fields of opentelemetry/proto/common/v1/common.proto, as tags on the wire.
const KEY = 0x0a;
const VALUE = 0x12;
const STRING_VALUE = 0x0a;
const BOOL_VALUE = 0x10;
const INT_VALUE = 0x18;
const DOUBLE_VALUE = 0x21;

/** Whether `writeAttribute` can write a value: one text, number or boolean. Without a value there is nothing to write. */
export function isWritable(value: AttributeValue | undefined): boolean {
  return typeof value === 'number' ? value >= 0 || !Number.isInteger(value) : typeof value !== 'object';
}

/** Whether all of them can be written. */
export function areWritable(attributes: Attributes): boolean {
  for (const name in attributes) if (!isWritable(attributes[name])) return false;
  return true;
}

/** Writes one attribute under the tag that it has in its message. */
export function writeAttribute(
  into: ProtobufWriter,
  tag: number,
  name: string,
  value: AttributeValue | undefined,
): void {
  if (value === undefined) return;
  const attribute = into.begin(tag);
  into.text(KEY, name);
  const any = into.begin(VALUE);
  if (typeof value === 'string') into.text(STRING_VALUE, value);
  else if (typeof value === 'boolean') into.integer(BOOL_VALUE, Number(value));
  else if (Number.isSafeInteger(value)) into.integer(INT_VALUE, value as number);
  else into.double(DOUBLE_VALUE, value as number);
  into.end(any);
  into.end(attribute);
}
