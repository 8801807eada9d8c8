import type { HttpAdapterHost } from '@nestjs/core';
import type { HttpServerEdge } from '#observation';
import type { AppFront } from './app-front.js';
import { ExpressFront } from './express-front.js';
import { FastifyFront } from './fastify-front.js';
import type { ManagementEndpoints } from './management-endpoints.js';
import { type ManagementListener, pathOf } from './management-listener.js';

/**
 * Serves operators' pages on the app's own port, before its routes: no prefix, version, guard or pipe of the app
 * applies, and its signals leave them out. On Fastify, middleware of the app still comes first.
 */
export class AppPort {
  #front: AppFront | undefined;

  constructor(
    private readonly endpoints: ManagementEndpoints,
    private readonly listener: ManagementListener,
    private readonly edge: HttpServerEdge,
    private readonly host: HttpAdapterHost,
  ) {}

  open(): void {
    const { httpAdapter } = this.host;
    const app = httpAdapter.getInstance();
    this.#front = httpAdapter.getType() === 'fastify' ? new FastifyFront(app) : new ExpressFront(app);
    this.edge.ignore((path) => this.endpoints.pageAt(path) !== undefined);
    this.#front.intercept((incoming, outgoing) => {
      if (this.endpoints.pageAt(pathOf(incoming.url ?? '/')) === undefined) return false;
      void this.listener.answer(incoming, outgoing);
      return true;
    });
  }

  /** Refuses an app whose own routes could not be reached any more; to be asked when all routes and pages are known. */
  check(): void {
    if (this.#front === undefined) {
      throw new Error(
        `ManagementModule: port is 'app', but the app serves no HTTP. Set management.port to a number, or management to false.`,
      );
    }
    const route = this.#front.hiddenRoute(this.endpoints);
    if (route === undefined) return;
    throw new Error(
      `ManagementModule: the app's route "${route}" could not be reached, because port 'app' serves the operators' page ` +
        `"${this.endpoints.pageAt(route)}" there. Rename the route, or set management.port to a number.`,
    );
  }
}
