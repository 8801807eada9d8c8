import { describe, expect, it } from 'vitest';
import { configuredReporters } from './configured-reporters.js';
import { completeExceptionsOptions } from './exceptions.options.js';

const SERVICE = { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' };

describe('options of exceptions', () => {
  it.each([
    [
      { issues: 5 },
      '"issues" is no option. Use one of problemDetails, maxIssues, log, sentry, honeybadger, reporters.',
    ],
    [{ problemDetails: 'yes' }, 'problemDetails is "yes". Use true or false.'],
    [{ maxIssues: 0 }, 'maxIssues is 0. Use a whole number from 1 up.'],
    [{ sentry: true }, 'sentry is true. Use an object with options, or false.'],
    [{ honeybadger: { timeoutMs: -1 } }, 'honeybadger.timeoutMs is -1. Use a whole number of milliseconds.'],
    [{ reporters: {} }, 'reporters is {}. Give a list.'],
    [{ reporters: [{}] }, 'reporters holds something without name and report().'],
  ])('refuse %j with the way out', (options, message) => {
    expect(() => completeExceptionsOptions(options as never)).toThrow(`ExceptionsModule: ${message}`);
  });

  it('take what is not set for the default', () => {
    expect(completeExceptionsOptions({ maxIssues: undefined })).toMatchObject({ maxIssues: 1_000, log: true });
  });

  it.each([
    [{}, {}, ['log']],
    [{ log: false }, {}, []],
    [{}, { SENTRY_DSN: 'http://key@127.0.0.1:9/1' }, ['log', 'sentry']],
    [{ sentry: false as const }, { SENTRY_DSN: 'http://key@127.0.0.1:9/1' }, ['log']],
    [{ sentry: { dsn: 'http://key@127.0.0.1:9/1' } }, {}, ['log', 'sentry']],
    [{}, { HONEYBADGER_API_KEY: 'hbp_key' }, ['log', 'honeybadger']],
    [{ honeybadger: false as const }, { HONEYBADGER_API_KEY: 'hbp_key' }, ['log']],
  ])('%j with the variables %j make the reporters %j', async (options, env, names) => {
    const reporters = await configuredReporters(options, SERVICE, env);
    expect(reporters.map(({ name }) => name)).toEqual(names);
    await Promise.all(reporters.map((reporter) => reporter.close()));
  });

  it.each([
    [{ sentry: {} }, 'sentry names no project. Give sentry.dsn or set SENTRY_DSN.'],
    [{ honeybadger: {} }, 'honeybadger names no project. Give honeybadger.apiKey or set HONEYBADGER_API_KEY.'],
  ])('refuse %j where nobody says which project', async (options, message) => {
    await expect(configuredReporters(options, SERVICE, {})).rejects.toThrow(message);
  });
});
