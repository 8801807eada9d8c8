import { STATUS_CODES } from 'node:http';
import type { ManagementResponse } from './management-endpoint.js';

/** Answers what is wrong with a request as problem details (RFC 9457). */
export function problem(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ManagementResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: { type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, detail },
  };
}
