import { markMethods } from './observed-method.js';

/** The aspect that tracing, metrics and logging all act on. */
export const OBSERVED_ASPECT = 'observed';

export interface ObservedOptions {
  /** What the span, the histogram and the log line call it, e.g. `order.price`. */
  readonly name: string;
  /** What it measures, in one sentence; the help text of the histogram. */
  readonly description?: string;
}

/**
 * Observes each call once for three patterns: a span, a sample in a histogram, and a log line when it fails.
 *
 * @example
 * ```ts
 * @Observed('order.price')
 * async price(order: Order): Promise<Money> { … }
 * ```
 */
export function Observed(name: string, options: Omit<ObservedOptions, 'name'> = {}): MethodDecorator & ClassDecorator {
  return markMethods(OBSERVED_ASPECT, { ...options, name } satisfies ObservedOptions);
}
