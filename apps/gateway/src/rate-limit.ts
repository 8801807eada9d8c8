import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Actor } from './auth/actor.js';

/** One limit for each authenticated actor, over all routes. */
export function rateLimit(requestsPerMinute: number): ThrottlerModuleOptions {
  return {
    throttlers: [{ limit: requestsPerMinute, ttl: 60_000 }],
    errorMessage: `More than ${requestsPerMinute} requests in a minute. Wait as long as Retry-After says.`,
    getTracker: ({ user }) => (user as Actor).id,
    generateKey: (_context, actorId) => actorId,
  };
}
