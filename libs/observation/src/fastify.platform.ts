import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FirstHook, HttpPlatform } from './http-platform.js';
import type { HttpServerObservation } from './http-server-observation.js';

interface FastifyRequest {
  raw: IncomingMessage;
  is404?: boolean;
  routeOptions?: { url?: string };
}

interface FastifyApp {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: { raw: ServerResponse }, done: () => void) => void,
  ): void;
}

export class FastifyPlatform implements HttpPlatform {
  constructor(private readonly app: FastifyApp) {}

  addFirstHook(hook: FirstHook): void {
    this.app.addHook('onRequest', (request, reply, done) => hook(request.raw, reply.raw, request, done));
  }

  routeOf({ request }: HttpServerObservation): string | undefined {
    const { is404, routeOptions } = request as FastifyRequest;
    return is404 ? undefined : routeOptions?.url;
  }
}
