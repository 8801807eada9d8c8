import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import { type MethodObservation, OBSERVED_ASPECT, type ObservedOptions } from '#observation';
import { TRACED_ASPECT, type TracedOptions } from '../traced.decorator.js';
import type { RecordedErrors } from './recorded-errors.js';

/** What the decorators of a method say about its span; nothing when it gets none. */
export interface MethodSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly marks: readonly TracedOptions[];
}

export function methodSpanOf({ method, className, methodName }: MethodObservation): MethodSpan | undefined {
  const traced = method.aspects.get(TRACED_ASPECT) as TracedOptions[] | undefined;
  const observed = method.aspects.get(OBSERVED_ASPECT) as ObservedOptions[] | undefined;
  if (traced === undefined && observed === undefined) return undefined;
  const marks = traced ?? [];
  // The outermost decorator is the last to mark, and has the last word.
  const name = marks.findLast((mark) => mark.name !== undefined)?.name ?? observed?.at(-1)?.name;
  const kind = marks.findLast((mark) => mark.kind !== undefined)?.kind ?? SpanKind.INTERNAL;
  return { name: name ?? `${className}.${methodName}`, kind, marks };
}

export function finishMethodSpan(
  span: Span,
  call: MethodObservation,
  { marks }: MethodSpan,
  errors: RecordedErrors,
): void {
  span.setAttribute('code.function.name', `${call.className}.${call.methodName}`);
  if (call.outcome === 'failure') errors.fail(span, call.error, call.startTimeMs + call.durationMs!);
  for (const { attributes } of marks) span.setAttributes(evaluate(attributes, call));
}

function evaluate(attributes: TracedOptions['attributes'], call: MethodObservation): Attributes {
  return typeof attributes === 'function' ? attributes(call) : (attributes ?? {});
}
