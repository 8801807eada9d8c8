import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HttpServerEdge } from './http-server.edge.js';
import { observedMethodOf } from './observed-method.js';
import { optOutsOf } from './opt-out.decorator.js';
import { currentObservation } from './process-wide.js';

/**
 * Writes the Nest class, method and route on the current observation and lets everything pass. It is put before all other
 * guards, so that a request which one of them refuses still says what it was for.
 */
export class FrontGuard implements CanActivate {
  constructor(private readonly edge: HttpServerEdge) {}

  canActivate(context: ExecutionContext): boolean {
    const observation = currentObservation();
    if (observation?.kind === 'http.server' && context.getType() === 'http') {
      const type = context.getClass();
      const handler = context.getHandler();
      observation.className = type.name;
      observation.methodName = handler.name;
      observation.handler = observedMethodOf(handler);
      observation.request = context.switchToHttp().getRequest();
      observation.optOuts = optOutsOf(type, handler);
      this.edge.locate(observation);
    }
    return true;
  }
}
