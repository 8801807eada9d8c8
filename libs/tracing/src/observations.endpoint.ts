import { type ManagementEndpoint, type ManagementRequest, type ManagementResponse, problem } from '#management';
import type { FinishedObservation } from './finished-observation.js';
import { RECENT_ORDERS, type RecentObservations, type RecentOrder } from './recent-observations.js';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;

/** `GET /observations`: what finished last, newest, slowest or failed first. */
export function observationsEndpoint(recent: RecentObservations): ManagementEndpoint {
  return { method: 'GET', path: '/observations', handle: (request) => answer(recent, request) };
}

function answer(recent: RecentObservations, { query }: ManagementRequest): ManagementResponse {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) {
    return problem(400, `limit is "${query.get('limit')}". Use a whole number from 1 to ${MAX_LIMIT}.`);
  }
  const order = query.get('order') ?? 'newest';
  if (!isOrder(order)) return problem(400, `order is "${order}". Use one of ${RECENT_ORDERS.join(', ')}.`);
  const after = query.get('after');
  if (after !== null && !/^\d{1,15}$/.test(after)) {
    return problem(400, `after is "${after}". Use the value of "next" in the page before.`);
  }
  const page = recent.list({
    limit: Math.min(limit, MAX_LIMIT),
    order,
    traceId: query.get('traceId')?.toLowerCase(),
    before: after === null ? undefined : Number(after),
  });
  return { body: { items: page.items.map(item), next: page.next === undefined ? undefined : String(page.next) } };
}

function isOrder(order: string): order is RecentOrder {
  return (RECENT_ORDERS as readonly string[]).includes(order);
}

function item({ startTimeMs, durationMs, ...observation }: FinishedObservation): object {
  return {
    ...observation,
    startTime: new Date(startTimeMs).toISOString(),
    durationMs: Math.round(durationMs * 1_000) / 1_000,
  };
}
