/** pino's levels by their numbers; `silent` writes nothing. */
export const LOG_LEVELS = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: Infinity,
} as const;

export type LogLevel = keyof typeof LOG_LEVELS;

/** Nest calls two of them by other names. */
const NEST_NAMES = { verbose: 'trace', log: 'info' } as const satisfies Record<string, LogLevel>;

/** A level by pino's name, or by Nest's. */
export type LogLevelName = LogLevel | keyof typeof NEST_NAMES;

/** The level of that name, if there is one. */
export function findLogLevel(name: unknown): LogLevel | undefined {
  if (typeof name !== 'string') return undefined;
  if (Object.hasOwn(NEST_NAMES, name)) return NEST_NAMES[name as keyof typeof NEST_NAMES];
  return Object.hasOwn(LOG_LEVELS, name) ? (name as LogLevel) : undefined;
}

/** The level of that name, or an error that says where it was asked for and which ones there are. */
export function requireLogLevel(option: string, name: unknown): LogLevel {
  const level = findLogLevel(name);
  if (level !== undefined) return level;
  throw new Error(
    `LoggingModule: ${option} ${JSON.stringify(name)} is not a log level. Use one of ${LOG_LEVEL_NAMES.join(', ')}.`,
  );
}

export const LOG_LEVEL_NAMES = Object.keys(LOG_LEVELS) as LogLevel[];
