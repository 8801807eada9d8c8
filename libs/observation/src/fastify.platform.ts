import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { HandlerFacts } from './handler-facts.js';
import type { FirstHook, HttpPlatform } from './http-platform.js';
import type { HttpServerObservation } from './http-server-observation.js';
import { ID_HEADERS } from './id-headers.js';
import { routeHandlersOf } from './route-handlers.js';

interface FastifyRequest {
  raw: IncomingMessage;
  routeOptions?: { config?: RouteConfig };
}

interface RouteConfig {
  /** Absent where nothing matched. */
  url?: string;
  [HANDLED_BY]?: HandlerFacts;
}

interface FastifyApp {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: { raw: ServerResponse }, done: () => void) => void,
  ): void;
}

/** Where Nest's `RouteConfig` keeps what it adds to the configuration of a handler's route. */
const ROUTE_CONFIG = '__fastify_route_config__';
const HANDLED_BY = Symbol('handled by');
const OBSERVATION = Symbol('observation');
const WRITE_HEAD = Symbol('writeHead');

type WriteHead = (status: number, reason?: unknown, headers?: unknown) => ServerResponse;

/** An answer that knows whom it tells of, and how its head was written before. */
type Answer = ServerResponse & {
  [OBSERVATION]?: HttpServerObservation;
  [WRITE_HEAD]?: WriteHead;
};

export class FastifyPlatform implements HttpPlatform {
  readonly routesFirst = true;
  #routesTell = false;

  constructor(private readonly app: FastifyApp) {}

  /**
   * Fastify hands over all its headers with the head. Had the answer any of its own by then, Node would merge the two one
   * by one, which was a tenth of what the suite costs there. So the ids get into the head when it is written.
   */
  tellIds(outgoing: Answer, observation: HttpServerObservation): void {
    outgoing[OBSERVATION] = observation;
    // Whoever hands a request to the server once more has its answer here twice.
    if (outgoing[WRITE_HEAD] !== undefined) return;
    outgoing[WRITE_HEAD] = outgoing.writeHead as WriteHead;
    outgoing.writeHead = writeHeadWithIds as WriteHead & ServerResponse['writeHead'];
  }

  addFirstHook(hook: FirstHook): void {
    this.app.addHook('onRequest', (request, reply, done) => hook(request.raw, reply.raw, request, done));
  }

  prepareRoutes(controllers: readonly InstanceWrapper[]): boolean {
    const types = routeHandlersOf(controllers);
    for (const [handler, type] of types ?? []) {
      const config = Reflect.getMetadata(ROUTE_CONFIG, handler) as object | undefined;
      Reflect.defineMetadata(ROUTE_CONFIG, { ...config, [HANDLED_BY]: new HandlerFacts(type, handler) }, handler);
    }
    return (this.#routesTell = types !== undefined);
  }

  locate(observation: HttpServerObservation): void {
    const config = (observation.request as FastifyRequest).routeOptions?.config;
    observation.route = config?.url;
    if (this.#routesTell) observation.handledBy = config?.[HANDLED_BY];
  }
}

/** Stands in the place of `writeHead`, which Node itself calls for a head that nobody writes. */
function writeHeadWithIds(this: Answer, status: number, reason?: unknown, headers?: unknown): ServerResponse {
  const given = typeof reason === 'string' ? headers : (headers ?? reason);
  const complete = this.headersSent ? given : completeHead(this, given);
  return typeof reason === 'string' ? this[WRITE_HEAD]!(status, reason, complete) : this[WRITE_HEAD]!(status, complete);
}

/** The head with the ids, unless it or the answer has headers of those names already, which are somebody else's. */
function completeHead(outgoing: Answer, given: unknown): unknown {
  // What is given may be the head of many answers.
  let copy: Record<string, unknown> | undefined;
  for (const { name, of } of ID_HEADERS) {
    const id = of(outgoing[OBSERVATION]!);
    if (id === undefined || outgoing.hasHeader(name) || hasHeader(given, name)) continue;
    if (isRecord(given)) (copy ??= { ...given })[name] = id;
    else outgoing.setHeader(name, id);
  }
  return copy ?? given;
}

function isRecord(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** Whether a header is among those that are handed over, as an object or as a list of names and values. */
function hasHeader(given: unknown, name: string): boolean {
  if (Array.isArray(given)) return given.flat().some((one, place) => place % 2 === 0 && isName(String(one), name));
  if (isRecord(given)) for (const one in given) if (isName(one, name)) return true;
  return false;
}

function isName(one: string, name: string): boolean {
  return one.length === name.length && one.toLowerCase() === name;
}
