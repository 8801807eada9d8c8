/** The headers that tell the caller under which ids its request is known. */
export const REQUEST_ID = 'x-request-id';
export const TRACE_ID = 'x-trace-id';
