import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** In which form a span waits until it is sent. */
export interface SpanForm<Form> {
  of(span: ReadableSpan): Form;
  /** How many bytes of the queue it takes. */
  sizeOf(form: Form): number;
}

/** A rough measure is enough to bound a queue: names and numbers are small, texts are what grows. */
const SPAN_BYTES = 512;
const ENTRY_BYTES = 32;

function sizeOf({ attributes, events, links }: ReadableSpan): number {
  let bytes = SPAN_BYTES + sizeOfEntries(attributes) + links.length * SPAN_BYTES;
  for (const event of events) bytes += ENTRY_BYTES + sizeOfEntries(event.attributes ?? {});
  return bytes;
}

function sizeOfEntries(attributes: Attributes): number {
  let bytes = 0;
  // An array of all values for each span would only be thrown away.
  for (const name in attributes) bytes += ENTRY_BYTES + sizeOfValue(attributes[name]);
  return bytes;
}

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.reduce((sum: number, one) => sum + sizeOfValue(one), 0) : 0;
}

/** As the SDK made it. */
export const WHOLE_SPAN: SpanForm<ReadableSpan> = { of: (span) => span, sizeOf };
