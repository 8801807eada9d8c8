import type { IncomingMessage } from 'node:http';
import type { AccessLevel } from './management-endpoint.js';

/** Where operators' pages are served, and to whom. */
export interface ManagementOptions {
  /**
   * The port of the management server, or `'app'` to serve its pages on the app's own port. A port that is taken
   * gives way to the next free one.
   * @default 9700
   */
  port?: number | 'app';
  /**
   * The address to listen on; one beyond loopback needs `token` or `authorize`.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * A bearer token that allows everything.
   * @default none: on loopback everything is allowed
   */
  token?: string;
  /**
   * Says what a caller may do.
   * @default decided by `token`
   */
  authorize?: (request: IncomingMessage) => AccessLevel | Promise<AccessLevel>;
  /**
   * Paths of endpoints that anybody who reaches the port may read, e.g. `['/metrics']`.
   * @default []
   */
  anonymous?: readonly string[];
  /**
   * Names besides the address itself that a `Host` header may give when something is changed.
   * @default ['localhost']
   */
  hosts?: readonly string[];
}

/** Provide it from a global module to set where operators' pages are served; `false` serves none. */
export const MANAGEMENT_OPTIONS = Symbol('MANAGEMENT_OPTIONS');

export const DEFAULT_MANAGEMENT_PORT = 9700;
