import { describe, expect, it } from 'vitest';
import { boundLine, MAX_LINE_BYTES } from './line-limit.js';

const lineOf = (fields: object): string => `${JSON.stringify(fields)}\n`;

describe('boundLine', () => {
  it('leaves a line alone that is short and plain', () => {
    const line = lineOf({ level: 30, msg: 'préis 東京 \u{1f980}' });
    expect(boundLine(line)).toBe(line);
  });

  it('writes invisible characters in words that mean the same', () => {
    const fields = { msg: '\u009b\u202e\u2028\u200b\u2066\ufeff\u007f' };
    const line = boundLine(lineOf(fields));
    expect(line).toBe('{"msg":"\\u009b\\u202e\\u2028\\u200b\\u2066\\ufeff\\u007f"}\n');
    expect(JSON.parse(line)).toEqual(fields);
  });

  it('counts bytes and not characters', () => {
    const fits = lineOf({ msg: 'x'.repeat(MAX_LINE_BYTES - 20) });
    expect(boundLine(fits)).toBe(fits);
    const long = boundLine(lineOf({ level: 30, msg: '東'.repeat(MAX_LINE_BYTES / 2) }));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(MAX_LINE_BYTES);
    expect(JSON.parse(long)).toMatchObject({ level: 30, log_truncated: ['msg'] });
  });

  it('leaves out as little as it must, the longest first', () => {
    const line = boundLine(lineOf({ level: 30, a: Array(90_000).fill(1), b: 'y'.repeat(70_000), c: { d: 1 } }));
    expect(JSON.parse(line)).toEqual({
      level: 30,
      b: `${'y'.repeat(1_024)}[68976 more characters]`,
      c: { d: 1 },
      log_truncated: ['a', 'b'],
    });
  });

  it('still says when and from whom when the names alone are too long', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field${index}`, 'v']));
    const start = performance.now();
    const line = boundLine(lineOf({ level: 30, time: 1, service: 'order', ...many }));
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(JSON.parse(line)).toMatchObject({ level: 30, time: 1, service: 'order' });
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LINE_BYTES);
  });
});
