import type { Redactor } from '#redaction';
import { errorType, type ServiceIdentity } from '#observation';
import { actorIn } from './anonymous-actor.js';
import type { AuditFacts } from './audit-facts.js';
import type { AuditChange, AuditEntry, AuditRequest, AuditTarget } from './audit-record.js';
import { boundedEntry } from './bounded-entry.js';
import { jsonPatch } from './json-patch.js';
import { plainText } from './plain-text.js';

const MAX_ID_LENGTH = 256;
const MAX_REASON_LENGTH = 1_024;
const MAX_TARGETS = 20;

/** What of a text may be written down; without redaction, all of it. */
export type AuditRedaction = Pick<Redactor, 'redactText' | 'redactValue'>;

/** Turns what is known of an action into the entry that is written: redacted, plain, and not too large. */
export class EntryComposer {
  constructor(
    private readonly service: ServiceIdentity,
    private readonly redactor: AuditRedaction,
    private readonly maxRecordBytes: number,
  ) {}

  compose(facts: AuditFacts): AuditEntry {
    const { name, version, instance, environment } = this.service;
    const { actor, why } = actorIn(facts);
    const { error, request } = facts;
    const trace = facts.trace ?? request?.trace;
    const reason = [facts.reason ?? (error === undefined ? undefined : messageOf(error)), why]
      .filter(Boolean)
      .join('; ');
    const event = plainText(facts.event, MAX_ID_LENGTH);
    const now = performance.timeOrigin + performance.now();
    const entry: AuditEntry = {
      schema: 'audit.record/1',
      id: facts.id,
      time: new Date(Math.min(facts.startTimeMs, now)).toISOString(),
      observedTime: new Date(now).toISOString(),
      stage: 'complete',
      event,
      action: event.slice(event.lastIndexOf('.') + 1).toUpperCase(),
      outcome: facts.outcome,
      reason: reason === '' ? undefined : this.#text(reason),
      errorType: error === undefined ? undefined : plainText(errorType(error), MAX_ID_LENGTH),
      actor: { ...actor, id: plainText(actor.id, MAX_ID_LENGTH) },
      targets: targetsOf(facts),
      change: this.#changeOf(facts),
      request: this.#requestOf(facts),
      trace: trace && { traceId: trace.traceId, spanId: trace.spanId, sampled: (trace.traceFlags & 1) === 1 },
      service: { name, version, instance, env: environment },
      comment: facts.comment === undefined ? undefined : this.#text(facts.comment),
    };
    return boundedEntry(entry, this.maxRecordBytes);
  }

  #text(text: string): string {
    return plainText(this.redactor.redactText(text), MAX_REASON_LENGTH);
  }

  #changeOf({ change }: AuditFacts): AuditChange | undefined {
    if (change === undefined) return undefined;
    // Redacted before they are compared, so that no step of the patch can hold a secret.
    const [before, after] = [change.before, change.after].map((state) => this.redactor.redactValue(state));
    return { format: 'json-patch', patch: jsonPatch(before, after) };
  }

  #requestOf({ request, captured }: AuditFacts): AuditRequest | undefined {
    const { args, result } = captured ?? {};
    const body = args && (this.redactor.redactValue([...args]) as object);
    const response = result === undefined ? undefined : asObject(this.redactor.redactValue(result));
    const level = response !== undefined ? 'RequestResponse' : body !== undefined ? 'Request' : 'Metadata';
    if (request === undefined) {
      return level === 'Metadata' ? undefined : { level, transport: 'job', body, response };
    }
    const { requestId, method, route, status, clientAddress, durationMs, headers } = request;
    const userAgent = headers['user-agent'];
    return {
      level,
      transport: 'http',
      id: requestId,
      method,
      route,
      status,
      ip: clientAddress,
      userAgent: userAgent && plainText(this.redactor.redactText(userAgent), MAX_ID_LENGTH),
      durationMs: durationMs === undefined ? undefined : Math.round(durationMs * 1_000) / 1_000,
      body,
      response,
    };
  }
}

function targetsOf({ target }: AuditFacts): AuditTarget[] {
  const targets = target === undefined ? [] : [target].flat();
  return targets
    .filter(({ id }) => id !== undefined && id !== null)
    .slice(0, MAX_TARGETS)
    .map(({ type, id }) => ({ type: plainText(type, MAX_ID_LENGTH), id: plainText(id, MAX_ID_LENGTH) }));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : { value };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
