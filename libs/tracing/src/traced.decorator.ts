import type { Attributes, SpanKind } from '@opentelemetry/api';
import { markMethods } from '#observation';

/** The aspect of methods that get a span of their own. */
export const TRACED_ASPECT = 'traced';

/** A call that has ended, as functions of attributes see it. */
export interface TracedCall {
  // Each method has arguments of its own, and a decorator cannot be told them.
  // oxlint-disable-next-line no-explicit-any
  readonly args: readonly any[];
  /** What came of it; absent for streams and failures. */
  // oxlint-disable-next-line no-explicit-any
  readonly result?: any;
  readonly error?: unknown;
}

export interface TracedOptions {
  /**
   * The name of the span; few different ones, so never with an id in it.
   * @default 'Class.method'
   */
  readonly name?: string;
  /**
   * Attributes of the span, fixed or made from the call once it has ended.
   * @default none
   */
  readonly attributes?: Attributes | ((call: TracedCall) => Attributes);
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
 * @Traced({ attributes: ({ args: [order] }) => ({ 'order.id': order.id }) })
 * async price(order: Order): Promise<Money> { … }
 * ```
 */
export function Traced(nameOrOptions: string | TracedOptions = {}): MethodDecorator & ClassDecorator {
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions;
  return markMethods(TRACED_ASPECT, options satisfies TracedOptions, 'tracing');
}
