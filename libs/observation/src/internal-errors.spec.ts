import { Logger, type LoggerService } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InternalErrors } from './internal-errors.js';

describe('InternalErrors', () => {
  const lines: unknown[] = [];

  beforeEach(() => {
    lines.length = 0;
    const note = (...line: unknown[]): void => void lines.push(line);
    Logger.overrideLogger({ log: note, warn: note, error: note, fatal: note } satisfies LoggerService);
  });

  afterEach(() => Logger.overrideLogger(false));

  it('counts all, and logs each component once in a while', () => {
    const errors = new InternalErrors();
    for (let round = 0; round < 3; round++) errors.record('audit', new RangeError('no'));
    errors.record('tracing', 'not even an error');
    expect([...errors.counts()]).toEqual([
      ['audit', 3],
      ['tracing', 1],
    ]);
    expect(lines).toHaveLength(2);
  });

  it('says what failed and where, and nothing of what the error says or carries', () => {
    const error = Object.assign(new TypeError('connect to db.internal:5432 as admin'), {
      code: '57P01',
      client: { host: 'db.internal', password: 'hunter2' },
    });
    new InternalErrors().record('audit', error);
    const [[fields]] = lines as [[Record<string, string>]];
    expect(fields).toMatchObject({ component: 'audit', 'error.type': 'TypeError', 'error.code': '57P01' });
    expect(fields['error.stack']).toMatch(/^\s+at .*internal-errors\.spec/);
    expect(JSON.stringify(lines)).not.toMatch(/db\.internal|hunter2|admin/);
  });
});
