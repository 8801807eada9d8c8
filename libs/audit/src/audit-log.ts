import type { Observations } from '#observation';
import { type RedactionOptions, scrubberOf } from '#redaction';
import type { AuditTrailParts } from './audit-trail.js';
import { AuditWriter } from './audit-writer.js';
import { AuditedCalls } from './audited-calls.js';
import { type AuditOptions, completeAuditOptions } from './audit.options.js';
import { EntryComposer } from './entry-composer.js';
import { openStore } from './open-store.js';

/** Everything of an app's audit log, put together from its options. */
export interface AuditLog extends AuditTrailParts {
  readonly onError: (error: unknown) => void;
}

/** Puts the parts together; nothing is opened before somebody needs it. */
export function assembleAuditLog(
  given: AuditOptions | false,
  { service, internalErrors }: Observations,
  redaction?: RedactionOptions | false,
): AuditLog | undefined {
  if (given === false) return undefined;
  const options = completeAuditOptions(given);
  const { mode, maxQueued, strictTimeoutMs, maxRecordBytes } = options;
  const onError = (error: unknown): void => internalErrors.record('audit', error);
  return {
    mode,
    onError,
    calls: new AuditedCalls(onError),
    composer: new EntryComposer(service, scrubberOf(redaction), maxRecordBytes),
    writer: new AuditWriter({
      openStore: () => openStore(options, service, onError),
      onError,
      maxQueued,
      strictTimeoutMs,
    }),
  };
}
