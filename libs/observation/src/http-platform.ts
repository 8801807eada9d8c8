import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpServerObservation } from './http-server-observation.js';

/** Called before anything else of the framework; `request` is the framework's own, `next` goes on. */
export type FirstHook = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  request: unknown,
  next: () => void,
) => void;

/** What differs between Express and Fastify. */
export interface HttpPlatform {
  /** Has an answer carry the ids of its request, whoever writes it; a header of the same name that is set later wins. */
  tellIds(outgoing: ServerResponse, observation: HttpServerObservation): void;
  addFirstHook(hook: FirstHook): void;
  /** The template of the route that was matched, with prefix and version; undefined when none was. */
  routeOf(observation: HttpServerObservation): string | undefined;
}
