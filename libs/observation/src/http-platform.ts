import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
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
  /** Whether the route of a request is known in the first hook already. */
  readonly routesFirst: boolean;
  /** Has an answer carry the ids of its request, whoever writes it; a header of the same name that is set later wins. */
  tellIds(outgoing: ServerResponse, observation: HttpServerObservation): void;
  addFirstHook(hook: FirstHook): void;
  /** Has the routes that are to come tell their handlers; false when they cannot, and a guard has to write them down. */
  prepareRoutes(controllers: readonly InstanceWrapper[]): boolean;
  /** Writes down the template of the route that was matched, with prefix and version, and the handler where the route tells. */
  locate(observation: HttpServerObservation): void;
}
