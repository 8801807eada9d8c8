import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { type Handler, HandlerFacts } from './handler-facts.js';
import type { HttpServerEdge } from './http-server.edge.js';
import { currentObservation } from './process-wide.js';

/**
 * Writes the handler and the route on the current observation and lets everything pass. It is put before all other guards,
 * so that a request which one of them refuses still says what it was for.
 */
export class FrontGuard implements CanActivate {
  /** By class as well: a handler that is inherited is one function in many classes. */
  readonly #facts = new WeakMap<Type, WeakMap<Handler, HandlerFacts>>();

  constructor(private readonly edge: HttpServerEdge) {}

  canActivate(context: ExecutionContext): boolean {
    const observation = currentObservation();
    if (observation?.kind === 'http.server' && context.getType() === 'http') {
      observation.handledBy = this.#factsOf(context.getClass(), context.getHandler());
      observation.attachRequest(context.switchToHttp().getRequest());
      this.edge.locate(observation);
    }
    return true;
  }

  #factsOf(type: Type, handler: Handler): HandlerFacts {
    let ofType = this.#facts.get(type);
    if (ofType === undefined) this.#facts.set(type, (ofType = new WeakMap()));
    let facts = ofType.get(handler);
    if (facts === undefined) ofType.set(handler, (facts = new HandlerFacts(type, handler)));
    return facts;
  }
}
