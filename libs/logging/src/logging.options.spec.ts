import { describe, expect, it } from 'vitest';
import { resolveLoggingOptions } from './logging.options.js';

describe('resolveLoggingOptions', () => {
  it('takes the level from the options, then from LOG_LEVEL, then info', () => {
    expect(resolveLoggingOptions({ level: 'debug' }, { LOG_LEVEL: 'error' }).level).toBe('debug');
    expect(resolveLoggingOptions({}, { LOG_LEVEL: 'error' }).level).toBe('error');
    expect(resolveLoggingOptions({}, { LOG_LEVEL: '' }).level).toBe('info');
  });

  it("knows Nest's names of levels", () => {
    const { level, levels } = resolveLoggingOptions({ level: 'verbose', levels: { Svc: 'log' } }, {});
    expect({ level, levels }).toEqual({ level: 'trace', levels: { Svc: 'info' } });
  });

  it('takes an option that is undefined for one that is not set', () => {
    expect(resolveLoggingOptions({ accessLog: undefined, level: undefined }, {})).toMatchObject({
      accessLog: true,
      level: 'info',
    });
  });

  it.each([
    [
      { level: 'loud' },
      {},
      'LoggingModule: level "loud" is not a log level. Use one of trace, debug, info, warn, error',
    ],
    [{}, { LOG_LEVEL: 'loud' }, 'LoggingModule: LOG_LEVEL "loud" is not a log level.'],
    [{ levels: { Svc: 7 } }, {}, 'LoggingModule: levels.Svc 7 is not a log level.'],
    [{ destination: 'stdin' }, {}, `LoggingModule: destination is "stdin". Use 'stdout', { file: 'path' }`],
    [{ destination: { file: 3 } }, {}, 'LoggingModule: destination is {"file":3}.'],
    [{ destination: null }, {}, 'LoggingModule: destination is null.'],
    [{ pretty: 'yes' }, {}, `LoggingModule: pretty is "yes". Use 'auto', true or false.`],
    [{ accessLog: 'no' }, {}, 'LoggingModule: accessLog is "no". Use true or false.'],
    [{ maxBufferBytes: 0 }, {}, 'LoggingModule: maxBufferBytes is 0. Use a whole number of bytes from 1 up.'],
    [{ colour: true }, {}, 'LoggingModule: "colour" is no option of logging. Use one of level, levels, destination'],
  ])('refuses %j with %j', (options, env, message) => {
    expect(() => resolveLoggingOptions(options as never, env)).toThrow(message);
  });
});
