import type { LogDestination } from './log-destination.js';
import { type LogLevel, type LogLevelName, requireLogLevel } from './log-level.js';

/** What is logged, how loud, and where to. */
export interface LoggingOptions {
  /**
   * The lowest level that is written; loggers can be set apart with `levels` and at run time.
   * @default the environment variable LOG_LEVEL, else 'info'
   */
  level?: LogLevelName;
  /**
   * Levels of single contexts; one holds for all below it by dotted name.
   * @default {}
   */
  levels?: Readonly<Record<string, LogLevelName>>;
  /**
   * Where lines go: standard output, a file that is appended to, or any object with `write(line)`.
   * @default 'stdout'
   */
  destination?: 'stdout' | { readonly file: string } | LogDestination;
  /**
   * Whether lines are shown for people instead of as JSON; `'auto'` does so when standard output is a terminal.
   * @default 'auto'
   */
  pretty?: 'auto' | boolean;
  /**
   * Whether every finished request gets a line.
   * @default true
   */
  accessLog?: boolean;
  /**
   * How many bytes of lines may wait for a slow reader; what finds no room is dropped and counted.
   * @default 4194304
   */
  maxBufferBytes?: number;
}

export const DEFAULT_LOGGING_OPTIONS = {
  level: 'info',
  levels: {},
  destination: 'stdout',
  pretty: 'auto',
  accessLog: true,
  maxBufferBytes: 4 * 1024 * 1024,
} satisfies Required<LoggingOptions>;

export interface ResolvedLoggingOptions extends Required<LoggingOptions> {
  readonly level: LogLevel;
  readonly levels: Readonly<Record<string, LogLevel>>;
}

/** Fills in the defaults and refuses what cannot work, naming the option and its value. */
export function resolveLoggingOptions(
  options: LoggingOptions = {},
  env: NodeJS.ProcessEnv = process.env,
): ResolvedLoggingOptions {
  for (const name of Object.keys(options)) {
    if (name in DEFAULT_LOGGING_OPTIONS) continue;
    const known = Object.keys(DEFAULT_LOGGING_OPTIONS).join(', ');
    throw new Error(`LoggingModule: "${name}" is no option of logging. Use one of ${known}.`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved = { ...DEFAULT_LOGGING_OPTIONS, ...Object.fromEntries(given) } as Required<LoggingOptions>;
  refuseWrongValues(resolved);
  const level = options.level
    ? requireLogLevel('level', options.level)
    : requireLogLevel('LOG_LEVEL', env['LOG_LEVEL'] || DEFAULT_LOGGING_OPTIONS.level);
  const levels = Object.entries(resolved.levels).map(([name, own]) => [name, requireLogLevel(`levels.${name}`, own)]);
  return { ...resolved, level, levels: Object.fromEntries(levels) as Record<string, LogLevel> };
}

function refuseWrongValues({ destination, pretty, accessLog, maxBufferBytes }: Required<LoggingOptions>): void {
  const isDestination =
    destination === 'stdout' ||
    ('write' in Object(destination) && typeof (destination as LogDestination).write === 'function') ||
    ('file' in Object(destination) && typeof (destination as { file: unknown }).file === 'string');
  if (!isDestination) {
    throw refusal('destination', destination, `Use 'stdout', { file: 'path' } or an object with write(line).`);
  }
  if (pretty !== 'auto' && typeof pretty !== 'boolean') throw refusal('pretty', pretty, `Use 'auto', true or false.`);
  if (typeof accessLog !== 'boolean') throw refusal('accessLog', accessLog, 'Use true or false.');
  if (!Number.isSafeInteger(maxBufferBytes) || maxBufferBytes < 1) {
    throw refusal('maxBufferBytes', maxBufferBytes, 'Use a whole number of bytes from 1 up.');
  }
}

function refusal(name: string, value: unknown, wayOut: string): Error {
  return new Error(`LoggingModule: ${name} is ${JSON.stringify(value) ?? String(value)}. ${wayOut}`);
}
