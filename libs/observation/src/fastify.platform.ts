import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FirstHook, HttpPlatform } from './http-platform.js';
import type { HttpServerObservation } from './http-server-observation.js';
import { ID_HEADERS } from './id-headers.js';

interface FastifyRequest {
  raw: IncomingMessage;
  is404?: boolean;
  routeOptions?: { url?: string };
}

interface FastifyReply {
  raw: ServerResponse;
  header(name: string, value: string): unknown;
  hasHeader(name: string): boolean;
}

interface FastifyApp {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void): void;
}

const OBSERVATION = Symbol('observation');
const WRITE_HEAD = Symbol('writeHead');

type WriteHead = (status: number, reason?: unknown, headers?: unknown) => ServerResponse;

/** An answer that knows whom it tells of, and how its head was written before. */
type Answer = ServerResponse & {
  [OBSERVATION]?: HttpServerObservation;
  [WRITE_HEAD]?: WriteHead;
};

export class FastifyPlatform implements HttpPlatform {
  constructor(private readonly app: FastifyApp) {}

  /**
   * Fastify hands over all its headers with the head. Had the answer any of its own by then, Node would merge the two one
   * by one, which was a tenth of what the suite costs there. So the ids are among Fastify's headers, and get into a head
   * that somebody else writes when it is written.
   */
  tellIds(outgoing: Answer, observation: HttpServerObservation): void {
    outgoing[OBSERVATION] = observation;
    // Whoever hands a request to the server once more has its answer here twice.
    if (outgoing[WRITE_HEAD] !== undefined) return;
    outgoing[WRITE_HEAD] = outgoing.writeHead as WriteHead;
    outgoing.writeHead = writeHeadWithIds as WriteHead & ServerResponse['writeHead'];
  }

  addFirstHook(hook: FirstHook): void {
    this.app.addHook('onRequest', (request, reply, done) => {
      const observation = (reply.raw as Answer)[OBSERVATION];
      if (observation !== undefined) tellIdsBy(reply, observation);
      hook(request.raw, reply.raw, request, done);
    });
  }

  routeOf({ request }: HttpServerObservation): string | undefined {
    const { is404, routeOptions } = request as FastifyRequest;
    return is404 ? undefined : routeOptions?.url;
  }
}

function tellIdsBy(reply: FastifyReply, observation: HttpServerObservation): void {
  for (const header of ID_HEADERS) {
    const id = header.of(observation);
    if (id !== undefined && !reply.hasHeader(header.name)) reply.header(header.name, id);
  }
}

/** Stands in the place of `writeHead`, which Node itself calls for a head that nobody writes. */
function writeHeadWithIds(this: Answer, status: number, reason?: unknown, headers?: unknown): ServerResponse {
  const given = typeof reason === 'string' ? headers : (headers ?? reason);
  for (const header of this.headersSent ? [] : ID_HEADERS) {
    const id = header.of(this[OBSERVATION]!);
    if (id !== undefined) completeHead(this, given, header.name, id);
  }
  return this[WRITE_HEAD]!(status, reason, headers);
}

/** Adds an id to a head, unless the head or the answer has a header of that name that is somebody else's. */
function completeHead(outgoing: ServerResponse, given: unknown, name: string, id: string): void {
  const isGiven = hasHeader(given, name);
  if (!outgoing.hasHeader(name)) {
    if (!isGiven) outgoing.setHeader(name, id);
  } else if (isGiven && (given as Record<string, unknown>)[name] === id) {
    // Node lets what is given win; this one is ours, among Fastify's.
    delete (given as Record<string, unknown>)[name];
  }
}

/** Whether a header is among those that are handed over, as an object or as a list of names and values. */
function hasHeader(given: unknown, name: string): boolean {
  if (typeof given !== 'object' || given === null) return false;
  if (Object.hasOwn(given, name)) return true;
  const names = Array.isArray(given) ? given.flat().filter((_, place) => place % 2 === 0) : Object.keys(given);
  return names.some((one) => String(one).toLowerCase() === name);
}
