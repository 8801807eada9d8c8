import type { Observations } from '#observation';
import { configuredReporters } from './configured-reporters.js';
import type { TrackerParts } from './exception-tracker.js';
import { completeExceptionsOptions, type ExceptionsOptions } from './exceptions.options.js';
import { IssueStore } from './issue-store.js';
import { type RedactionOptions, scrubberOf } from '#redaction';

export const TRACKING_PARTS = Symbol('TRACKING_PARTS');

/** What the pattern consists of while it is on. */
export interface TrackingParts extends TrackerParts {
  /** Whether what nobody handled is answered here, and not by Nest. */
  readonly problemDetails: boolean;
}

/** Gets ready what tracking consists of; nothing while exceptions are switched off. */
export async function startTracking(
  given: ExceptionsOptions | false,
  app: Observations,
  redaction?: RedactionOptions | false,
): Promise<TrackingParts | undefined> {
  if (given === false) return undefined;
  const options = completeExceptionsOptions(given);
  return {
    app,
    problemDetails: options.problemDetails,
    issues: new IssueStore(options.maxIssues),
    scrubber: scrubberOf(redaction),
    reporters: await configuredReporters(options, app.service),
  };
}
