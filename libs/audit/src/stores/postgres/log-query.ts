import type { AuditQuery } from '../../audit-store.js';

/** The SQL that looks records of one stream up, and its parameters; it asks for one more than the page has. */
export function logQuery(stream: string, query: AuditQuery): { text: string; values: unknown[] } {
  const { id, actor, target, action, outcome, from, to, before, limit } = query;
  const values: unknown[] = [stream];
  const conditions = ['stream = $1'];
  const where = (condition: string, ...given: unknown[]): void => {
    conditions.push(given.reduce<string>((text, value) => text.replace('?', `$${values.push(value)}`), condition));
  };
  if (id !== undefined) where('id = ?', id);
  if (actor !== undefined) where('actor_id = ?', actor);
  if (action !== undefined) where(`(event = ? or record::jsonb ->> 'action' = ?)`, action, action);
  if (outcome !== undefined) where('outcome = ?', outcome);
  if (from !== undefined) where('happened_at >= ?', from);
  if (to !== undefined) where('happened_at < ?', to);
  if (before !== undefined) where('seq < ?', before);
  if (target !== undefined) {
    const named = targetsNamed(target).map((one) => JSON.stringify([one]));
    const any = named.map(() => `record::jsonb -> 'targets' @> ?::jsonb`);
    where(`(${any.join(' or ')})`, ...named);
  }
  const place = values.push(limit + 1);
  const text = `select record, hash from audit_log where ${conditions.join(' and ')} order by seq desc limit $${place}`;
  return { text, values };
}

/** `order:17` is either the whole id of a target, or its type and id. */
function targetsNamed(target: string): object[] {
  const colon = target.indexOf(':');
  const byId = { id: target };
  return colon < 0 ? [byId] : [byId, { type: target.slice(0, colon), id: target.slice(colon + 1) }];
}
