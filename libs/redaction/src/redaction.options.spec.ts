import { describe, expect, it } from 'vitest';
import { DEFAULT_REDACTION_OPTIONS, resolveRedactionOptions, type RedactionOptions } from './redaction.options.js';

describe('resolveRedactionOptions', () => {
  it('fills in the defaults, also for options that are undefined', () => {
    expect(resolveRedactionOptions()).toEqual(DEFAULT_REDACTION_OPTIONS);
    expect(resolveRedactionOptions({ maxDepth: undefined, maxKeys: 3 })).toEqual({
      ...DEFAULT_REDACTION_OPTIONS,
      maxKeys: 3,
    });
  });

  it.each<[RedactionOptions, string]>([
    [{ maxDepth: 0 }, 'RedactionOptions: maxDepth 0 is not a whole number of at least 1. Leave it out for 8'],
    [{ maxKeys: 1.5 }, 'RedactionOptions: maxKeys 1.5 is not a whole number of at least 1. Leave it out for 200'],
    [
      { maxStringLength: '8k' as never },
      'RedactionOptions: maxStringLength "8k" is not a whole number of at least 1. Leave it out for 8192',
    ],
    [{ replacement: '' }, 'RedactionOptions: replacement "" is not a text. Leave it out for "[redacted]"'],
    [{ keys: 'pin' as never }, 'RedactionOptions: keys "pin" is not a list. Give an array of words'],
    [{ keys: ['42'] }, 'RedactionOptions: keys holds "42", which has no letter. Give words such as "tax id"'],
    [
      { allowKeys: [7 as never] },
      'RedactionOptions: allowKeys holds 7, which has no letter. Give words such as "tax id"',
    ],
    [{ patterns: ['x' as never] }, 'RedactionOptions: patterns holds "x", which is not a RegExp. Write it as /.../'],
    [
      { patterns: [/a*/] },
      'RedactionOptions: pattern /a*/ matches the empty text, so it would match everywhere. Make it ask for a character',
    ],
    [
      { maxdepth: 3 } as never,
      'RedactionOptions: "maxdepth" is not an option. Use one of keys, patterns, allowKeys, maxDepth, maxKeys, maxStringLength, replacement',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => resolveRedactionOptions(options)).toThrow(message);
  });
});
