import { type ManagementEndpoint, problem } from '#management';
import { findLogLevel, LOG_LEVEL_NAMES } from './log-level.js';
import type { LoggerLevels } from './logger-levels.js';

const MAX_TTL_SECONDS = 24 * 60 * 60;
const MAX_NAME_LENGTH = 200;

/** The pages on which operators read and change the levels of loggers while the app runs. */
export function loggersEndpoints(levels: LoggerLevels): ManagementEndpoint[] {
  return [
    {
      method: 'GET',
      path: '/loggers',
      handle: () => ({ body: { items: levels.list() } }),
    },
    {
      method: 'GET',
      path: '/loggers/:name',
      handle: ({ params }) => ({ body: levels.state(params['name']!) }),
    },
    {
      method: 'POST',
      path: '/loggers/:name',
      handle: ({ params, body }) => {
        const name = params['name']!;
        if (name.length > MAX_NAME_LENGTH) return problem(400, `A name has at most ${MAX_NAME_LENGTH} characters.`);
        const { level: asked, ttlSeconds } = Object(body) as { level?: unknown; ttlSeconds?: unknown };
        const level = asked === null ? null : findLogLevel(asked);
        if (level === undefined) {
          const names = LOG_LEVEL_NAMES.join(', ');
          return problem(400, `level ${JSON.stringify(asked)} is not a log level. Use one of ${names}, or null.`);
        }
        if (ttlSeconds !== undefined && !isTtl(ttlSeconds)) {
          return problem(400, `ttlSeconds ${JSON.stringify(ttlSeconds)} is not between 0 and ${MAX_TTL_SECONDS}.`);
        }
        levels.set(name, level, ttlSeconds === undefined ? undefined : ttlSeconds * 1_000);
        return { body: levels.state(name) };
      },
    },
  ];
}

function isTtl(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= MAX_TTL_SECONDS;
}
