import type { ContributorOptions } from './contributor.options.js';
import { markCheck } from './marked-check.js';

export interface SyntheticCheckOptions extends Omit<ContributorOptions, 'intervalMs'> {
  /** The name under which its result is told. */
  readonly name: string;
  /** How often it runs. */
  readonly everyMs: number;
}

/**
 * Has a method try out, again and again, what a user would do. It runs by itself; whoever asks gets the last result,
 * and one that is more than two turns old is not believed.
 *
 * @example
 * ```ts
 * @SyntheticCheck({ name: 'checkout', everyMs: 60_000, timeoutMs: 5_000, critical: false })
 * async order(): Promise<void> { … }
 * ```
 */
export function SyntheticCheck({ everyMs, ...options }: SyntheticCheckOptions): MethodDecorator {
  return markCheck({ ...options, intervalMs: everyMs, inBackground: true });
}
