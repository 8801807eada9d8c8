import type { AuditEntry } from './audit-record.js';
import { canonicalForm } from './canonical-form.js';
import { plainJson } from './plain-json.js';

/** Leaves out, and says so, what an entry captured if it is too large. */
export function boundedEntry(given: AuditEntry, maxBytes: number): AuditEntry {
  const entry = plainJson(given);
  const { request, change } = entry;
  const withoutResponse = request?.response && {
    ...entry,
    request: { ...request, response: undefined, truncated: true },
  };
  const withoutValues = (request?.response ?? request?.body) && {
    ...entry,
    request: { ...request, body: undefined, response: undefined, truncated: true },
  };
  const bare = {
    ...(withoutValues || entry),
    change: change && { format: change.format, patch: [], truncated: true },
  };
  for (const attempt of [entry, withoutResponse, withoutValues, bare] as (AuditEntry | undefined)[]) {
    const plain = attempt && plainWithin(attempt, maxBytes);
    if (plain !== undefined) return plain;
  }
  // What is left is bounded field by field.
  return plainWithin({ ...bare, targets: entry.targets.slice(0, 1), comment: undefined } as AuditEntry, Infinity)!;
}

function plainWithin(entry: AuditEntry, maxBytes: number): AuditEntry | undefined {
  const text = canonicalForm(entry);
  return Buffer.byteLength(text) <= maxBytes ? (JSON.parse(text) as AuditEntry) : undefined;
}
