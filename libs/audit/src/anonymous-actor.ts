import type { AuditFacts } from './audit-facts.js';
import type { AuditActor } from './audit-record.js';

const TYPES: readonly string[] = ['user', 'service', 'system'] satisfies AuditActor['type'][];

/** Who acted and, where nobody verified that, why it is not known; a header is never believed. */
export function actorIn({ actor, request }: AuditFacts): { readonly actor: AuditActor; readonly why?: string } {
  const known = actor ?? request?.actor;
  if (known !== undefined) return { actor: { id: known.id, type: typeOf(known.type) } };
  return request === undefined
    ? { actor: { id: 'anonymous', type: 'system' }, why: 'no actor was named, and there is no request' }
    : { actor: { id: 'anonymous', type: 'user' }, why: 'the request has no verified principal' };
}

function typeOf(type: string | undefined): AuditActor['type'] {
  return TYPES.includes(type ?? '') ? (type as AuditActor['type']) : 'user';
}
