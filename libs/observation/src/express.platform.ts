import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FirstHook, HttpPlatform } from './http-platform.js';
import type { HttpServerObservation } from './http-server-observation.js';
import { ID_HEADERS } from './id-headers.js';

interface Layer {
  route?: { path: unknown; methods: Record<string, boolean> };
  match(path: string): boolean;
}

interface ExpressApp {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): void;
  /** Public on Express 5; its `stack` is the only way to be first, and to find a route that was never reached. */
  router: { stack: Layer[] };
}

interface ExpressRequest {
  baseUrl?: string;
  route?: { path: unknown };
}

export class ExpressPlatform implements HttpPlatform {
  readonly routesFirst = false;

  constructor(private readonly app: ExpressApp) {}

  tellIds(outgoing: ServerResponse, observation: HttpServerObservation): void {
    for (const header of ID_HEADERS) {
      const id = header.of(observation);
      if (id !== undefined) outgoing.setHeader(header.name, id);
    }
  }

  addFirstHook(hook: FirstHook): void {
    this.app.use((request, response, next) => hook(request, response, request, next));
    // Body parsers are registered before any module is configured, and their errors are to be seen too.
    const { stack } = this.app.router;
    stack.unshift(stack.pop()!);
  }

  prepareRoutes(): boolean {
    return false;
  }

  locate(observation: HttpServerObservation): void {
    const { baseUrl = '', route } = observation.request as ExpressRequest;
    const template = typeof route?.path === 'string' ? baseUrl + route.path : this.#unreachedRouteOf(observation);
    // Under a global prefix Nest answers what nobody matched from a wildcard of its own.
    if (observation.className !== undefined || !template?.endsWith('*path')) observation.route = template;
  }

  /** A request that fails in a body parser or a middleware ends before its route is looked up. */
  #unreachedRouteOf({ originalMethod, path }: HttpServerObservation): string | undefined {
    const method = originalMethod.toLowerCase();
    for (const layer of this.app.router.stack) {
      if (layer.route === undefined) continue;
      const takes = layer.route.methods[method] || layer.route.methods['_all'];
      if (takes && typeof layer.route.path === 'string' && matches(layer, path)) return layer.route.path;
    }
    return undefined;
  }
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path that cannot be decoded matches nothing.
    return false;
  }
}
