import type { Attributes, SpanKind } from '@opentelemetry/api';
import { markMethods } from '#observation';

/** The aspect of methods that get a span of their own. */
export const TRACED_ASPECT = 'traced';

export interface TracedOptions {
  /**
   * The name of the span; few different ones, so never with an id in it.
   * @default 'Class.method'
   */
  readonly name?: string;
  /**
   * Attributes of the span, fixed or made from the arguments and, once the call has succeeded, its result.
   * @default none
   */
  // Each method has arguments of its own, and a decorator cannot be told them.
  // oxlint-disable-next-line no-explicit-any
  readonly attributes?: Attributes | ((args: any, result: any) => Attributes);
  /**
   * What the work is to the trace, such as `SpanKind.PRODUCER`.
   * @default SpanKind.INTERNAL
   */
  readonly kind?: SpanKind;
}

/**
 * Makes a span of each call, with its error if it fails.
 *
 * @example
 * ```ts
 * @Traced({ attributes: ([order]) => ({ 'order.id': order.id }) })
 * async price(order: Order): Promise<Money> { … }
 * ```
 */
export function Traced(nameOrOptions: string | TracedOptions = {}): MethodDecorator & ClassDecorator {
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions;
  return markMethods(TRACED_ASPECT, options satisfies TracedOptions, 'tracing');
}
