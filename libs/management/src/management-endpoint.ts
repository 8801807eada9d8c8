import type { IncomingHttpHeaders } from 'node:http';

/** What a caller may do: nothing, look, or change things. */
export type AccessLevel = 'none' | 'read' | 'write';

export interface ManagementRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The parts of the path that the endpoint's template names with a colon; decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body of a write; undefined when there was none. */
  readonly body: unknown;
}

export interface ManagementResponse {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** One page for operators, as a plain object: nothing of Nest's routing applies to it. */
export interface ManagementEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** A template such as `/loggers/:name`; a last `*rest` takes what is left. */
  readonly path: string;
  /**
   * What the caller must be allowed to do.
   * @default 'read' for GET, 'write' otherwise
   */
  readonly access?: AccessLevel;
  handle(request: ManagementRequest): ManagementResponse | Promise<ManagementResponse>;
  /**
   * What a caller is told who may not see the page.
   * @default why he may not
   */
  withoutAccess?(request: ManagementRequest): ManagementResponse | Promise<ManagementResponse>;
}
