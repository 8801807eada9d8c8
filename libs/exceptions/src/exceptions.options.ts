import type { ExceptionReporter } from './exception-reporter.js';
import type { HoneybadgerOptions } from './reporters/honeybadger.options.js';
import type { SentryOptions } from './reporters/sentry.options.js';

/** How exceptions are answered, kept and told of. */
export interface ExceptionsOptions {
  /**
   * Whether error answers that no filter gives are problem details (RFC 9457) instead of Nest's own.
   * @default false
   */
  problemDetails?: boolean;
  /**
   * How many issues are remembered; resolved ones are forgotten first, then those not seen for the longest time.
   * @default 1000
   */
  maxIssues?: number;
  /**
   * Whether exceptions of which nobody else writes a line get one with their stack in the log.
   * @default true
   */
  log?: boolean;
  /**
   * Reports to Sentry; `false` also when SENTRY_DSN is set.
   * @default on when SENTRY_DSN is set
   */
  sentry?: SentryOptions | false;
  /**
   * Reports to Honeybadger; `false` also when HONEYBADGER_API_KEY is set.
   * @default on when HONEYBADGER_API_KEY is set
   */
  honeybadger?: HoneybadgerOptions | false;
  /**
   * Further reporters.
   * @default []
   */
  reporters?: readonly ExceptionReporter[];
}

export const DEFAULT_EXCEPTIONS_OPTIONS = {
  problemDetails: false,
  maxIssues: 1_000,
  log: true,
  reporters: [],
} satisfies ExceptionsOptions;

const NAMES: Record<keyof ExceptionsOptions, true> = {
  problemDetails: true,
  maxIssues: true,
  log: true,
  sentry: true,
  honeybadger: true,
  reporters: true,
};

/** The options with their defaults, or a refusal that names the wrong one. */
export function completeExceptionsOptions(given: ExceptionsOptions) {
  for (const name of Object.keys(given)) {
    if (name in NAMES) continue;
    throw new Error(`ExceptionsModule: "${name}" is no option. Use one of ${Object.keys(NAMES).join(', ')}.`);
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options = { ...DEFAULT_EXCEPTIONS_OPTIONS, ...(set as ExceptionsOptions) };
  for (const name of ['problemDetails', 'log'] as const) {
    if (typeof options[name] === 'boolean') continue;
    throw new Error(`ExceptionsModule: ${name} is ${JSON.stringify(options[name])}. Use true or false.`);
  }
  if (!Number.isInteger(options.maxIssues) || options.maxIssues < 1) {
    throw new Error(
      `ExceptionsModule: maxIssues is ${JSON.stringify(options.maxIssues)}. Use a whole number from 1 up.`,
    );
  }
  for (const name of ['sentry', 'honeybadger'] as const) checkReceiver(name, options[name]);
  checkReporters(options.reporters);
  return options;
}

function checkReceiver(name: string, options: SentryOptions | HoneybadgerOptions | false | undefined): void {
  if (options === undefined || options === false) return;
  if (typeof options !== 'object' || options === null) {
    throw new Error(`ExceptionsModule: ${name} is ${JSON.stringify(options)}. Use an object with options, or false.`);
  }
  const { timeoutMs } = options;
  if (timeoutMs === undefined || (Number.isInteger(timeoutMs) && timeoutMs > 0)) return;
  throw new Error(
    `ExceptionsModule: ${name}.timeoutMs is ${JSON.stringify(timeoutMs)}. Use a whole number of milliseconds.`,
  );
}

function checkReporters(reporters: readonly ExceptionReporter[]): void {
  if (!Array.isArray(reporters)) {
    throw new Error(`ExceptionsModule: reporters is ${JSON.stringify(reporters)}. Give a list.`);
  }
  for (const reporter of reporters as readonly Partial<ExceptionReporter>[]) {
    if (typeof reporter?.name === 'string' && typeof reporter.report === 'function') continue;
    throw new Error('ExceptionsModule: reporters holds something without name and report(). Give ExceptionReporters.');
  }
}
