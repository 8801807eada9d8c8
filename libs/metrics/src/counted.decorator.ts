import { markMethods } from '#observation';
import type { MethodLabels } from './method-labels.js';

export const COUNTED_ASPECT = 'counted';

/** What is counted of a method's calls. */
export interface CountedOptions {
  /**
   * `placed_orders` becomes the counter `placed_orders_total`. A counter with a name of its own counts a fact of the
   * business, whichever method it came by: it has the labels that are declared, and `outcome` when all calls count.
   * @default 'method.calls', with the labels `class`, `method`, `outcome` and `error`
   */
  readonly name?: string;
  /**
   * What it counts, in one sentence.
   * @default a sentence with the method's name
   */
  readonly description?: string;
  /**
   * Further labels.
   * @default {}
   */
  readonly labels?: MethodLabels;
  /**
   * Which calls count.
   * @default 'all'
   */
  readonly countOn?: 'all' | 'success' | 'failure';
  /**
   * Whether the last sample points to its trace.
   * @default true
   */
  readonly exemplars?: boolean;
}

/**
 * Counts the calls of a method by how they ended.
 *
 * @example
 * ```ts
 * @Counted({ name: 'placed_orders', countOn: 'success' })
 * async place(order: Order): Promise<Order> { … }
 * ```
 */
export function Counted(nameOrOptions: string | CountedOptions = {}): MethodDecorator & ClassDecorator {
  return markMethods(
    COUNTED_ASPECT,
    typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions,
    'metrics',
  );
}
