import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import type { HttpServerEdge } from './http-server.edge.js';
import { type ObservedMethod, observedMethodOf } from './observed-method.js';
import { optOutsOf } from './opt-out.decorator.js';
import { currentObservation } from './process-wide.js';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** What is the same for all requests that one handler answers. */
interface HandlerFacts {
  readonly className: string;
  readonly methodName: string;
  readonly functionName: string;
  readonly method: ObservedMethod | undefined;
  readonly optOuts: ReadonlySet<string>;
}

/**
 * Writes the Nest class, method and route on the current observation and lets everything pass. It is put before all other
 * guards, so that a request which one of them refuses still says what it was for.
 */
export class FrontGuard implements CanActivate {
  /** By class as well: a handler that is inherited is one function in many classes. */
  readonly #facts = new WeakMap<Type, WeakMap<Handler, HandlerFacts>>();

  constructor(private readonly edge: HttpServerEdge) {}

  canActivate(context: ExecutionContext): boolean {
    const observation = currentObservation();
    if (observation?.kind === 'http.server' && context.getType() === 'http') {
      const facts = this.#factsOf(context.getClass(), context.getHandler());
      observation.className = facts.className;
      observation.methodName = facts.methodName;
      observation.functionName = facts.functionName;
      observation.handler = facts.method;
      observation.optOuts = facts.optOuts;
      observation.attachRequest(context.switchToHttp().getRequest());
      this.edge.locate(observation);
    }
    return true;
  }

  #factsOf(type: Type, handler: Handler): HandlerFacts {
    let ofType = this.#facts.get(type);
    if (ofType === undefined) this.#facts.set(type, (ofType = new WeakMap()));
    let facts = ofType.get(handler);
    if (facts === undefined) {
      facts = {
        className: type.name,
        methodName: handler.name,
        functionName: `${type.name}.${handler.name}`,
        method: observedMethodOf(handler),
        optOuts: optOutsOf(type, handler),
      };
      ofType.set(handler, facts);
    }
    return facts;
  }
}
