import {
  type ManagementEndpoint,
  type ManagementEndpoints,
  type ManagementRequest,
  type ManagementResponse,
  problem,
} from '#management';
import type { Decision } from './issue-life.js';
import type { IssueStore } from './issue-store.js';
import { ISSUE_STATES, type IssueDetails, type IssueState } from './issue.js';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;

/** `GET /exceptions` and what is below it: the issues of the app, and what a person makes of them. */
export function addExceptionsEndpoints(endpoints: ManagementEndpoints, issues: IssueStore): void {
  endpoints.add({ method: 'GET', path: '/exceptions', handle: (request) => list(issues, request) });
  endpoints.add({
    method: 'GET',
    path: '/exceptions/:id',
    handle: ({ params }) => answer(params['id']!, issues.find(params['id']!)),
  });
  endpoints.add(decision('resolve', 'resolved', issues));
  endpoints.add(decision('ignore', 'ignored', issues));
}

function decision(verb: string, decided: Decision, issues: IssueStore): ManagementEndpoint {
  return {
    method: 'POST',
    path: `/exceptions/:id/${verb}`,
    handle: ({ params }) => answer(params['id']!, issues.decide(params['id']!, decided)),
  };
}

function answer(id: string, issue: IssueDetails | undefined): ManagementResponse {
  if (issue !== undefined) return { body: issue };
  return problem(404, `There is no issue ${JSON.stringify(id)}. GET /exceptions lists those that there are.`);
}

function list(issues: IssueStore, { query }: ManagementRequest): ManagementResponse {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) {
    return problem(400, `limit is "${query.get('limit')}". Use a whole number from 1 to ${MAX_LIMIT}.`);
  }
  const state = query.get('state') ?? undefined;
  if (state !== undefined && !isState(state)) {
    return problem(400, `state is "${state}". Use one of ${ISSUE_STATES.join(', ')}.`);
  }
  const after = query.get('after');
  if (after !== null && !/^\d{1,15}$/.test(after)) {
    return problem(400, `after is "${after}". Use the value of "next" in the page before.`);
  }
  const page = issues.list({
    limit: Math.min(limit, MAX_LIMIT),
    state,
    before: after === null ? undefined : Number(after),
  });
  return { body: { items: page.items, next: page.next === undefined ? undefined : String(page.next) } };
}

function isState(state: string): state is IssueState {
  return (ISSUE_STATES as readonly string[]).includes(state);
}
