import type { Attributes, Span } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/**
 * Where a span that is recorded keeps its attributes, to write bounded texts and numbers there. `setAttribute` looks
 * into each value for cycles and limits, which costs more than all the rest of the span.
 */
export function attributesOf(span: Span): Attributes {
  return (span as Span & Pick<ReadableSpan, 'attributes'>).attributes;
}
