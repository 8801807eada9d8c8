import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppFront } from './app-front.js';
import type { ManagementEndpoints } from './management-endpoints.js';

interface FastifyApp {
  addHook(name: 'onRoute', hook: (route: { url: string }) => void): void;
  addHook(
    name: 'onRequest',
    hook: (request: { raw: IncomingMessage }, reply: { raw: ServerResponse; hijack(): void }, done: () => void) => void,
  ): void;
  hasRoute(route: { method: string; url: string }): boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export class FastifyFront implements AppFront {
  readonly #routes: string[] = [];

  constructor(private readonly app: FastifyApp) {
    app.addHook('onRoute', ({ url }) => void this.#routes.push(url));
  }

  intercept(take: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean): void {
    this.app.addHook('onRequest', (request, reply, done) => {
      if (take(request.raw, reply.raw)) reply.hijack();
      else done();
    });
  }

  hiddenRoute(endpoints: ManagementEndpoints): string | undefined {
    return this.#routes.find((url) => endpoints.pageAt(url) !== undefined) ?? this.#earlierRoute(endpoints);
  }

  /** Routes that were there before the hook can only be asked for. */
  #earlierRoute(endpoints: ManagementEndpoints): string | undefined {
    const urls = endpoints.list().map(({ path }) => path.replace(/\*.*/, '*'));
    return urls.find((url) => METHODS.some((method) => this.app.hasRoute({ method, url })));
  }
}
