import { Catch, type ExceptionFilter } from '@nestjs/common';
import { currentObservation } from './process-wide.js';

/**
 * Matches nothing, and notes what it was asked about. Nest looks for a filter by `instanceof`, so a filter for this
 * type sees every exception on its way to the filter that handles it, and handles none: the answer stays Nest's own
 * or the user's, on every transport.
 */
class NothingCaught {
  static [Symbol.hasInstance](exception: unknown): boolean {
    const observation = currentObservation();
    if (observation?.kind === 'http.server') observation.error = exception;
    return false;
  }
}

/** Tells the current observation which exception was thrown, and leaves it to the other filters. */
@Catch(NothingCaught as never)
export class ExceptionTap implements ExceptionFilter {
  catch(): void {
    throw new Error('ExceptionTap matches no exception, so Nest never calls it.');
  }
}
