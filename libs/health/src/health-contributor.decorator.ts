import type { ContributorOptions } from './contributor.options.js';
import { markCheck } from './marked-check.js';

/**
 * Makes a provider's method a health check: it throws, returns false or says `down` when something is not well. It is
 * given an `AbortSignal` that fires when its time is over.
 *
 * @example
 * ```ts
 * @HealthContributor('database')
 * async ping(): Promise<void> {
 *   await this.dataSource.query('SELECT 1');
 * }
 * ```
 */
export function HealthContributor(name: string, options: ContributorOptions = {}): MethodDecorator {
  return markCheck({ ...options, name, inBackground: false });
}
