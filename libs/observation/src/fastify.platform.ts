import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FirstHook, HttpPlatform } from './http-platform.js';
import type { HttpServerObservation } from './http-server-observation.js';
import { REQUEST_ID, TRACE_ID } from './id-headers.js';

interface FastifyRequest {
  raw: IncomingMessage;
  is404?: boolean;
  routeOptions?: { url?: string };
}

interface FastifyReply {
  raw: ServerResponse;
  header(name: string, value: string): unknown;
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
   * by one, which takes longer than all else that watching a request does. So the ids are among Fastify's headers, and
   * get into a head that somebody else writes when it is written.
   */
  tellIds(outgoing: Answer, observation: HttpServerObservation): void {
    outgoing[OBSERVATION] = observation;
    outgoing[WRITE_HEAD] = outgoing.writeHead as WriteHead;
    outgoing.writeHead = writeHeadWithIds as WriteHead & ServerResponse['writeHead'];
  }

  addFirstHook(hook: FirstHook): void {
    this.app.addHook('onRequest', (request, reply, done) => {
      const observation = (reply.raw as Answer)[OBSERVATION];
      if (observation !== undefined) {
        reply.header(REQUEST_ID, observation.requestId);
        if (observation.trace !== undefined) reply.header(TRACE_ID, observation.trace.traceId);
      }
      hook(request.raw, reply.raw, request, done);
    });
  }

  routeOf({ request }: HttpServerObservation): string | undefined {
    const { is404, routeOptions } = request as FastifyRequest;
    return is404 ? undefined : routeOptions?.url;
  }
}

/** Stands in the place of `writeHead`, which Node itself calls for a head that nobody writes. */
function writeHeadWithIds(this: Answer, status: number, reason?: unknown, headers?: unknown): ServerResponse {
  const { requestId, trace } = this[OBSERVATION]!;
  const given = typeof reason === 'string' ? headers : (headers ?? reason);
  if (!this.headersSent) {
    addHeader(this, given, REQUEST_ID, requestId);
    if (trace !== undefined) addHeader(this, given, TRACE_ID, trace.traceId);
  }
  return this[WRITE_HEAD]!(status, reason, headers);
}

function addHeader(outgoing: ServerResponse, given: unknown, name: string, value: string): void {
  if (!hasHeader(given, name) && !outgoing.hasHeader(name)) outgoing.setHeader(name, value);
}

/** Whether a header is among those that are handed over, as an object or as a list of names and values. */
function hasHeader(given: unknown, name: string): boolean {
  if (typeof given !== 'object' || given === null) return false;
  if (Object.hasOwn(given, name)) return true;
  const names = Array.isArray(given) ? given.flat() : Object.keys(given);
  return names.some((one) => String(one).toLowerCase() === name);
}
