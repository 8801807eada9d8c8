import { Catch, type ExceptionFilter } from '@nestjs/common';
import type { HttpServerObservation } from './http-server-observation.js';
import { currentObservation } from './process-wide.js';

type Note = (request: HttpServerObservation, exception: unknown) => void;

/**
 * Nest looks for a filter by `instanceof`, so a filter for a type that says no to everything sees each exception on its
 * way to the filter that handles it, and handles none: the answer stays Nest's own or the user's, on every transport.
 */
function tap(note: Note): ExceptionFilter {
  class NothingCaught {
    static [Symbol.hasInstance](exception: unknown): boolean {
      const observation = currentObservation();
      if (observation?.kind === 'http.server') note(observation, exception);
      return false;
    }
  }

  @Catch(NothingCaught as never)
  class ExceptionTap implements ExceptionFilter {
    catch(): void {
      throw new Error('ExceptionTap matches no exception, so Nest never calls it.');
    }
  }
  return new ExceptionTap();
}

/** To be asked before all other global filters: tells the current request which exception was thrown. */
export function firstExceptionTap(): ExceptionFilter {
  return tap((request, exception) => (request.error = exception));
}

/** To be asked after all other filters: tells the current request that none of them took the exception. */
export function lastExceptionTap(): ExceptionFilter {
  return tap((request, exception) => {
    request.error = exception;
    request.unhandled = true;
  });
}
