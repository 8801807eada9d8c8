import type { IncomingMessage } from 'node:http';
import type { AccessLevel } from './management-endpoint.js';

/** Where operators' pages are served, and to whom. */
export interface ManagementOptions {
  /**
   * The port of the management server, 0 for any, or `'app'` to serve its pages on the app's own port. A port that is
   * taken gives way to the next free one.
   * @default 9700
   */
  port?: number | 'app';
  /**
   * The address to listen on; one beyond loopback needs `token` or `authorize`.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * A bearer token that allows everything; at least 16 characters.
   * @default none: direct callers from this machine may do everything, others nothing
   */
  token?: string;
  /**
   * Says what a caller may do who does not have the token.
   * @default nothing
   */
  authorize?: (request: IncomingMessage) => AccessLevel | Promise<AccessLevel>;
  /**
   * Paths that anybody who reaches the port may read, e.g. `['/metrics', '/health/*rest']`.
   * @default []
   */
  anonymous?: readonly string[];
  /**
   * Names besides `localhost` and the addresses themselves that a `Host` header may give.
   * @default []
   */
  hosts?: readonly string[];
}

export const DEFAULT_MANAGEMENT_OPTIONS = {
  port: 9700,
  host: '127.0.0.1',
  anonymous: [],
  hosts: [],
} satisfies ManagementOptions;

/** Provide it from a global module to set where operators' pages are served; `false` serves none. */
export const MANAGEMENT_OPTIONS = Symbol('MANAGEMENT_OPTIONS');
