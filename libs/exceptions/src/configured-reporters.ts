import type { ServiceIdentity } from '#observation';
import type { ExceptionReporter } from './exception-reporter.js';
import type { ExceptionsOptions } from './exceptions.options.js';
import { HoneybadgerReporter } from './reporters/honeybadger.reporter.js';
import { LogReporter } from './reporters/log.reporter.js';
import { SentryReporter } from './reporters/sentry.reporter.js';

/** The reporters that options and the variables of their packages name; nothing leaves the process unless asked for. */
export async function configuredReporters(
  { log, sentry, honeybadger, reporters = [] }: ExceptionsOptions,
  service: ServiceIdentity,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ExceptionReporter[]> {
  const configured: ExceptionReporter[] = log === false ? [] : [new LogReporter()];
  const dsn = (sentry && sentry.dsn) || env['SENTRY_DSN']?.trim();
  if (sentry !== false && dsn) configured.push(await SentryReporter.load({ ...sentry, dsn }, service));
  else if (sentry) throw new Error(nobodyAsked('sentry', 'dsn', 'SENTRY_DSN'));

  const apiKey = (honeybadger && honeybadger.apiKey) || env['HONEYBADGER_API_KEY']?.trim();
  if (honeybadger !== false && apiKey) {
    const endpoint = honeybadger?.endpoint ?? (env['HONEYBADGER_ENDPOINT']?.trim() || undefined);
    configured.push(await HoneybadgerReporter.load({ ...honeybadger, endpoint, apiKey }, service));
  } else if (honeybadger) throw new Error(nobodyAsked('honeybadger', 'apiKey', 'HONEYBADGER_API_KEY'));
  return [...configured, ...reporters];
}

function nobodyAsked(option: string, key: string, variable: string): string {
  return `ExceptionsModule: ${option} names no project. Give ${option}.${key} or set ${variable}.`;
}
