import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { currentObservation, type HttpServerObservation } from '#observation';
import { problemOf } from './problem-body.js';

/** Whatever is thrown in a request that is being watched. */
class ThrownInRequest {
  static [Symbol.hasInstance](): boolean {
    return currentObservation()?.kind === 'http.server';
  }
}

/** Answers what no other filter took as problem details (RFC 9457), with the ids under which it can be looked up. */
@Catch(ThrownInRequest as never)
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(private readonly adapter: AbstractHttpAdapter) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const observation = currentObservation() as HttpServerObservation;
    observation.error = exception;
    observation.unhandled = true;
    // GraphQL runs inside a request, too, and has a form of its own for errors.
    if (host.getType() !== 'http') throw exception;
    const response = host.switchToHttp().getResponse<ServerResponse & { raw?: ServerResponse }>();
    // Fastify's reply does not know of what was written below it.
    const raw = response.raw ?? response;
    if (this.adapter.isHeadersSent(response) || raw.headersSent) return cutOff(raw);
    const problem = problemOf(exception);
    const body = {
      ...problem,
      instance: instanceOf(host.switchToHttp().getRequest()),
      requestId: observation.requestId,
      traceId: observation.trace?.traceId,
    };
    this.adapter.setHeader(response, 'Content-Type', 'application/problem+json');
    this.adapter.reply(response, JSON.stringify(body), problem.status);
  }
}

/** The query stays out: it may hold what the caller would not want to see in a ticket. */
function instanceOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '/').split('?', 1)[0]!;
}

/** An answer that is half out cannot become another one; ending it in order would make it look complete. */
function cutOff(raw: ServerResponse): void {
  if (!raw.writableEnded) raw.destroy();
}
