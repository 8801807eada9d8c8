import type { HttpServerObservation } from './http-server-observation.js';

export const REQUEST_ID = 'x-request-id';

interface IdHeader {
  readonly name: string;
  of(observation: HttpServerObservation): string | undefined;
}

/** What tells the caller under which ids its request is known. */
export const ID_HEADERS: readonly IdHeader[] = [
  { name: REQUEST_ID, of: ({ requestId }) => requestId },
  { name: 'x-trace-id', of: ({ trace }) => trace?.traceId },
];
