import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ManagementEndpoints } from './management-endpoints.js';

/** What differs between Express and Fastify when something else answers on their port. */
export interface AppFront {
  /** Has `take` see each request before the framework does; what it takes goes no further. */
  intercept(take: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean): void;
  /** The first route of the app that one of the pages would hide. */
  hiddenRoute(endpoints: ManagementEndpoints): string | undefined;
}
