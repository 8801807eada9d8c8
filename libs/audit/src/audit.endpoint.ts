import { type ManagementEndpoint, type ManagementRequest, type ManagementResponse, problem } from '#management';
import type { AuditOutcome } from './audit-record.js';
import type { AuditQuery } from './audit-store.js';
import type { AuditTrail } from './audit-trail.js';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;
const OUTCOMES: readonly AuditOutcome[] = ['success', 'failure', 'denied', 'unknown'];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `GET /audit`: records by actor, target, action, time and outcome, newest first; `GET /audit/<id>`: one of them. */
export function auditEndpoints(trail: AuditTrail): ManagementEndpoint[] {
  return [
    { method: 'GET', path: '/audit', access: 'read', handle: (request) => list(trail, request) },
    { method: 'GET', path: '/audit/:id', access: 'read', handle: ({ params }) => one(trail, params['id']!) },
  ];
}

async function list(trail: AuditTrail, { query }: ManagementRequest): Promise<ManagementResponse> {
  const wanted = readQuery(query);
  if (typeof wanted === 'string') return problem(400, wanted);
  const { items, next } = await trail.find(wanted);
  return { body: { items, next: next === undefined ? undefined : String(next) } };
}

async function one(trail: AuditTrail, id: string): Promise<ManagementResponse> {
  const { items } = UUID.test(id) ? await trail.find({ id: id.toLowerCase(), limit: 1 }) : { items: [] };
  return items[0] === undefined ? problem(404, 'There is no audit record with this id.') : { body: items[0] };
}

/** What is looked for, or what is wrong with the question. */
function readQuery(query: URLSearchParams): AuditQuery | string {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) {
    return `limit is "${query.get('limit')}". Use a whole number from 1 to ${MAX_LIMIT}.`;
  }
  const after = query.get('after');
  if (after !== null && !/^\d{1,15}$/.test(after)) {
    return `after is "${after}". Use the value of "next" in the page before.`;
  }
  const outcome = query.get('outcome') as AuditOutcome | null;
  if (outcome !== null && !OUTCOMES.includes(outcome)) {
    return `outcome is "${outcome}". Use one of ${OUTCOMES.join(', ')}.`;
  }
  for (const name of ['actor', 'target', 'action']) {
    if (/\p{Cc}/u.test(query.get(name) ?? '')) return `${name} holds a control character. Leave it out.`;
  }
  const times: { from?: string; to?: string } = {};
  for (const name of ['from', 'to'] as const) {
    const text = query.get(name);
    if (text === null) continue;
    if (!Number.isFinite(Date.parse(text))) return `${name} is "${text}". Use a time like 2026-11-22T10:00:00Z.`;
    times[name] = new Date(text).toISOString();
  }
  return {
    ...times,
    actor: query.get('actor') ?? undefined,
    target: query.get('target') ?? undefined,
    action: query.get('action') ?? undefined,
    outcome: outcome ?? undefined,
    before: after === null ? undefined : Number(after),
    limit: Math.min(limit, MAX_LIMIT),
  };
}
