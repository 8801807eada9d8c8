import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { optOutsOf } from './opt-out.decorator.js';
import { currentObservation } from './process-wide.js';

/**
 * Writes the Nest class and method on the current observation and lets everything pass. It is put before all other
 * guards, so that a request which one of them refuses still says what it was for.
 */
export class FrontGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const observation = currentObservation();
    if (observation?.kind === 'http.server' && context.getType() === 'http') {
      const type = context.getClass();
      const handler = context.getHandler();
      observation.className = type.name;
      observation.methodName = handler.name;
      observation.request = context.switchToHttp().getRequest();
      observation.optOuts = optOutsOf(type, handler);
    }
    return true;
  }
}
