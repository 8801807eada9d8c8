import type { ContributorOptions } from './contributor.options.js';
import { markCheck } from './marked-check.js';

export interface SyntheticCheckOptions extends Omit<ContributorOptions, 'intervalMs'> {
  /** The name under which its result is told. */
  readonly name: string;
  /** How often it runs. */
  readonly everyMs: number;
}

/**
 * Has a method try out, from the start of the app and again and again, what a user would do. It never runs for whoever
 * asks: they get the last result, and `down` before there is one.
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
