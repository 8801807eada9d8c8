import type { AuditOptions } from '#audit';
import type { ExceptionsOptions } from '#exceptions';
import type { HealthOptions } from '#health';
import type { LifecycleOptions } from '#lifecycle';
import type { LoggingOptions } from '#logging';
import type { ManagementOptions } from '#management';
import type { MetricsOptions } from '#metrics';
import type { ObservationOptions } from '#observation';
import type { RedactionOptions } from '#redaction';
import type { TracingOptions } from '#tracing';

/**
 * The patterns, each with its options or `false` to leave it out, and what they share. With all of them left out the
 * app answers as Nest alone does, but for the `x-request-id` that every answer has.
 */
export interface ObservabilityModuleOptions extends ObservationOptions {
  health?: HealthOptions | false;
  logging?: LoggingOptions | false;
  tracing?: TracingOptions | false;
  exceptions?: ExceptionsOptions | false;
  metrics?: MetricsOptions | false;
  audit?: AuditOptions | false;
  /** Where operators' pages are served; `false` serves none. */
  management?: ManagementOptions | false;
  /** What must never be written down. */
  redaction?: RedactionOptions | false;
  /** How the app stops. */
  lifecycle?: LifecycleOptions;
}

/** The patterns by the name of their option. */
export const PATTERN_NAMES = ['health', 'logging', 'tracing', 'exceptions', 'metrics', 'audit'] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];

const OPTION_NAMES: readonly string[] = [...PATTERN_NAMES, 'service', 'trust', 'management', 'redaction', 'lifecycle'];

/** Refuses options that do not exist, so that a typing error does not switch anything off in silence. */
export function checkOptionNames(options: ObservabilityModuleOptions): ObservabilityModuleOptions {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new Error(`ObservabilityModule: "${name}" is no option. Use one of ${OPTION_NAMES.join(', ')}.`);
    }
  }
  return options;
}
