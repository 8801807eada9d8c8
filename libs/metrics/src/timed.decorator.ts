import { markMethods } from '#observation';
import type { MethodLabels } from './method-labels.js';

export const TIMED_ASPECT = 'timed';

/** What is measured of a method's calls. */
export interface TimedOptions {
  /**
   * A dotted name: `order.place` becomes the histogram `order_place_seconds`.
   * @default 'method.duration'
   */
  readonly name?: string;
  /**
   * What it measures, in one sentence.
   * @default a sentence with the method's name
   */
  readonly description?: string;
  /**
   * Labels besides `class`, `method`, `outcome` and `error`.
   * @default {}
   */
  readonly labels?: MethodLabels;
  /**
   * Upper bounds in seconds.
   * @default `buckets` of MetricsOptions
   */
  readonly buckets?: readonly number[];
  /**
   * Durations in seconds that are promised to somebody; each becomes a bucket, so that the share kept can be told.
   * @default []
   */
  readonly objectives?: readonly number[];
  /**
   * Also counts the calls under way in a gauge `<name>_active`, which shows a call that hangs.
   * @default false
   */
  readonly longTask?: boolean;
  /**
   * Whether a sample points to its trace.
   * @default true
   */
  readonly exemplars?: boolean;
}

/**
 * Measures how long each call takes, until its value, promise, Observable or async iterable has ended.
 *
 * @example
 * ```ts
 * @Timed('order.place')
 * async place(order: Order): Promise<Order> { … }
 * ```
 */
export function Timed(nameOrOptions: string | TimedOptions = {}): MethodDecorator & ClassDecorator {
  return markMethods(
    TIMED_ASPECT,
    typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions,
    'metrics',
  );
}
