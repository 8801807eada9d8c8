import type { HttpAdapterHost } from '@nestjs/core';
import { type HttpServerEdge, pathOf } from '#observation';
import type { AppFront } from './app-front.js';
import { ExpressFront } from './express-front.js';
import { FastifyFront } from './fastify-front.js';
import type { ManagementEndpoint } from './management-endpoint.js';
import { ManagementEndpoints } from './management-endpoints.js';
import type { ManagementListener } from './management-listener.js';

/** Pages that share a listener, and how their owner can make room for a route of the app. */
interface Served {
  readonly endpoints: ManagementEndpoints;
  readonly listener: ManagementListener;
  readonly reason: string;
  readonly wayOut: string;
}

/**
 * Serves pages on the app's own port, before its routes: no prefix, version, guard or pipe of the app applies, and its
 * signals leave them out. On Fastify, middleware of the app still comes first. An app without such pages is left alone.
 */
export class AppPort {
  #front: AppFront | undefined;
  readonly #served: Served[] = [];

  constructor(
    private readonly listenerOf: (pages: ManagementEndpoints) => ManagementListener,
    private readonly edge: HttpServerEdge,
    private readonly host: HttpAdapterHost,
  ) {}

  /**
   * Adds pages that everybody may read who reaches the app, in `NestModule.configure()`: the only moment at which the
   * app's server exists and its routes do not. `wayOut` says what to do where the app has such a route itself.
   */
  add(pages: readonly ManagementEndpoint[], wayOut: string): void {
    const endpoints = new ManagementEndpoints();
    for (const page of pages) endpoints.add({ ...page, access: 'none' });
    const reason = 'because its port serves the page';
    this.#served.push({ endpoints, listener: this.listenerOf(endpoints), reason, wayOut });
    this.#open();
  }

  /** Serves the operators' pages, too; where both have a page, theirs says what strangers may know. */
  serve(endpoints: ManagementEndpoints): void {
    const reason = "because port 'app' serves the operators' page";
    const wayOut = 'set management.port to a number';
    this.#served.unshift({ endpoints, listener: this.listenerOf(endpoints), reason, wayOut });
    this.#open();
  }

  /** Refuses an app whose own routes could not be reached any more; to be asked when all routes and pages are known. */
  check(servesOperators: boolean): void {
    if (servesOperators && this.#front === undefined) {
      throw new Error(
        `ManagementModule: port is 'app', but the app serves no HTTP. Set management.port to a number, or management to false.`,
      );
    }
    for (const { endpoints, reason, wayOut } of this.#served) {
      const route = this.#front?.hiddenRoute(endpoints);
      if (route === undefined) continue;
      throw new Error(
        `ManagementModule: the app's route "${route}" could not be reached, ${reason} ` +
          `"${endpoints.pageAt(route)}" there. Rename the route, or ${wayOut}.`,
      );
    }
  }

  #open(): void {
    if (this.#front !== undefined) return;
    const { httpAdapter } = this.host;
    const app = httpAdapter.getInstance();
    this.#front = httpAdapter.getType() === 'fastify' ? new FastifyFront(app) : new ExpressFront(app);
    this.edge.ignore((path) => this.#servedAt(path) !== undefined);
    this.#front.intercept((incoming, outgoing) => {
      if (this.edge.isWatched(incoming)) return false;
      const served = this.#servedAt(pathOf(incoming.url));
      if (served === undefined) return false;
      void served.listener.answer(incoming, outgoing);
      return true;
    });
  }

  #servedAt(path: string): Served | undefined {
    for (const served of this.#served) if (served.endpoints.pageAt(path) !== undefined) return served;
    return undefined;
  }
}
