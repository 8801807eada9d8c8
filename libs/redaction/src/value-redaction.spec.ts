import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

const R = '[redacted]';
const redactor = new Redactor();

class Money {
  constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}

  get pretty(): string {
    return `${this.amount} ${this.currency}`;
  }
}

describe('Redactor.redactValue', () => {
  it.each<[string, unknown, unknown]>([
    ['plain data', { a: 1, b: ['x', null, true, undefined] }, { a: 1, b: ['x', null, true, undefined] }],
    [
      'a map',
      new Map<unknown, unknown>([
        ['password', 'x'],
        [7, 'y'],
        [{}, 'z'],
      ]),
      { password: R, 7: 'y', '[key 3]': 'z' },
    ],
    ['a set', new Set(['a', 'token=x']), ['a', `token=${R}`]],
    ['a buffer', { body: Buffer.from('hunter2') }, { body: '[binary 7 bytes]' }],
    [
      'typed arrays',
      [new Float64Array(2), new ArrayBuffer(3), new DataView(new ArrayBuffer(4))],
      ['[binary 16 bytes]', '[binary 3 bytes]', '[binary 4 bytes]'],
    ],
    ['dates', [new Date(0), new Date(NaN)], ['1970-01-01T00:00:00.000Z', 'Invalid Date']],
    ['a bigint, a symbol, a function', [10n, Symbol('s'), () => 1], ['10', 'Symbol(s)', '[function]']],
    ['boxed primitives', [new String('token=x'), new Number(1)], [`token=${R}`, 1]],
    ['an instance', new Money(5, 'EUR'), { amount: 5, currency: 'EUR' }],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['what toJSON says', { toJSON: () => ({ password: 'x', a: 1 }) }, { password: R, a: 1 }],
    ['a URL', new URL('https://bob:hunter2@host/a?token=x'), `https://${R}@host/a?token=${R}`],
    ['URL parameters', new URLSearchParams('token=x&a=1'), { token: R, a: '1' }],
    ['fetch headers', new Headers({ Authorization: 'x', accept: '*/*' }), { accept: '*/*', authorization: R }],
    [
      'entries',
      [
        ['password', 'x'],
        ['user', 'bob'],
      ],
      [
        ['password', R],
        ['user', 'bob'],
      ],
    ],
    ['flat headers', { rawHeaders: ['Host', 'h', 'Cookie', 'x'] }, { rawHeaders: ['Host', 'h', 'Cookie', R] }],
    ['a validation error', { property: 'password', value: 'x' }, { property: 'password', value: R }],
    ['a form field', { name: 'user', value: 'bob' }, { name: 'user', value: 'bob' }],
    [
      'a secret that is missing',
      { password: null, token: undefined, session: true },
      { password: null, token: undefined, session: true },
    ],
    ['a secret that is an object', { session: { id: 'x' }, credentials: ['x'] }, { session: R, credentials: R }],
    ['numbers', { pin: 1234, tokens_used: 512, card: 4111111111111111 }, { pin: R, tokens_used: 512, card: R }],
    ['a number that is counted only as such', { tokens: '512' }, { tokens: R }],
    ['a secret in a key', { 'Bearer hunter2x': 1 }, { [`Bearer ${R}`]: 1 }],
  ])('copies %s', (_what, value, expected) => {
    expect(redactor.redactValue(value)).toEqual(expected);
  });

  it('copies an error with its message, stack, causes and own fields', () => {
    const cause = new TypeError('connect postgres://bob:hunter2@db failed');
    const error = Object.assign(new Error('password=hunter2', { cause }), {
      code: 'E1',
      config: { auth: 'a:hunter2' },
    });
    const copy = redactor.redactValue(error) as Record<string, Record<string, unknown>>;
    expect(copy).toMatchObject({
      type: 'Error',
      message: `password=${R}`,
      code: 'E1',
      config: { auth: R },
      cause: { type: 'TypeError', message: `connect postgres://${R}@db failed` },
    });
    expect(copy.stack).toContain('value-redaction.spec');
    expect(inspect(copy, { depth: 9 })).not.toContain('hunter2');
    expect(redactor.redactValue(new AggregateError([new RangeError('a')], 'all'))).toMatchObject({
      type: 'AggregateError',
      errors: [{ type: 'RangeError' }],
    });
  });

  it('never changes what it is given, nor any prototype', () => {
    const value = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"password":"x","list":[{"token":"y"}]}',
    );
    const before = JSON.stringify(value);
    const copy = redactor.redactValue(Object.freeze(value)) as object;
    expect(JSON.stringify(value)).toBe(before);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe(before.replace('"x"', `"${R}"`).replace('"y"', `"${R}"`));
    expect(
      (redactor.redactValue(new Map([['__proto__', { polluted: 1 }]])) as { polluted?: number }).polluted,
    ).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('says so where something cannot be read, and keeps the rest', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const hostile = {
      get getter(): string {
        throw new Error('no');
      },
      revoked: revoked.proxy,
      json: {
        toJSON() {
          throw new Error('no');
        },
      },
      error: Object.defineProperty(new Error('m'), 'stack', {
        get() {
          throw new Error('no');
        },
      }),
      trapped: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
      fine: 1,
    };
    const own = new Redactor();
    expect(own.redactValue(hostile)).toEqual({
      getter: '[unreadable]',
      revoked: '[unreadable]',
      json: '[unreadable]',
      error: { type: 'Error', message: 'm', stack: '[unreadable]' },
      trapped: '[unreadable]',
      fine: 1,
    });
    expect(own.counts().unreadable).toBe(5);
  });

  it('marks circles, and copies what is only shared', () => {
    const shared = { a: 1 };
    const value: Record<string, unknown> = { x: shared, y: shared, self: [] };
    (value.self as unknown[]).push(value);
    value.json = { toJSON: () => value };
    expect(redactor.redactValue(value)).toEqual({ x: { a: 1 }, y: { a: 1 }, self: ['[circular]'], json: '[circular]' });
  });

  it('goes as deep as it may', () => {
    const small = new Redactor({ maxDepth: 2 });
    expect(small.redactValue({ a: { b: { c: 1 } } })).toEqual({ a: { b: '[truncated]' } });
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(JSON.stringify(redactor.redactValue(deep))).toBe('[[[[[[[["[truncated]"]]]]]]]]');
    const endless = { toJSON: (): unknown => ({ ...endless }) };
    expect(redactor.redactValue(endless)).toBe('[truncated]');
  });

  it('copies as many entries as it may, and says how many are missing', () => {
    const small = new Redactor({ maxKeys: 2 });
    expect(small.redactValue({ a: 1, b: 2, c: 3, d: 4 })).toEqual({ a: 1, b: 2, '[truncated]': '2 more' });
    expect(small.redactValue([1, 2, 3, 4, 5])).toEqual([1, 2, '[3 more]']);
    expect(
      small.redactValue(
        new Map([
          [1, 1],
          [2, 2],
          [3, 3],
        ]),
      ),
    ).toEqual({ 1: 1, 2: 2, '[truncated]': '1 more' });
    expect(small.redactValue(new Set([1, 2, 3, 4]))).toEqual([1, 2, '[2 more]']);
  });

  it('bounds the whole of a value that is wide on every level', () => {
    const wide = (depth: number): unknown =>
      depth === 0 ? 'x'.repeat(9_000) : Array.from({ length: 100 }, () => level[depth - 1]);
    const level: unknown[] = [];
    for (let depth = 0; depth < 7; depth += 1) level.push(wide(depth));
    const written = JSON.stringify(redactor.redactValue(level[6]));
    expect(written.length).toBeGreaterThan(16 * 8_192);
    expect(written.length).toBeLessThan(32 * 8_192);
  });
});
