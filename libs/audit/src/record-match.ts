import type { AuditRecord } from './audit-record.js';
import type { AuditPage, AuditQuery } from './audit-store.js';
import type { StoredAudit } from './audit-record.js';

/** Whether a record is among those that a query looks for. */
export function matches(record: AuditRecord, query: AuditQuery): boolean {
  const { id, actor, target, action, outcome, from, to, before } = query;
  return (
    (before === undefined || record.seq < before) &&
    (id === undefined || record.id === id) &&
    (actor === undefined || record.actor.id === actor) &&
    (action === undefined || record.event === action || record.action === action) &&
    (outcome === undefined || record.outcome === outcome) &&
    (from === undefined || record.time >= from) &&
    (to === undefined || record.time < to) &&
    (target === undefined || record.targets.some((one) => one.id === target || `${one.type}:${one.id}` === target))
  );
}

/** Makes a page of the records found, of which there is one more than asked for if there is a next page. */
export function pageOf(found: readonly StoredAudit[], limit: number): AuditPage {
  const items = found.slice(0, limit);
  return found.length > limit ? { items, next: items.at(-1)!.record.seq } : { items };
}
