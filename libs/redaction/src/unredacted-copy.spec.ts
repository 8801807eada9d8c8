import { describe, expect, it } from 'vitest';
import { Unredacted } from './unredacted-copy.js';

const unredacted = new Unredacted();

describe('Unredacted', () => {
  it('hides nothing in texts, URLs, headers and values', () => {
    const text = 'password=hunter2 4111 1111 1111 1111';
    expect(unredacted.redactText(text)).toBe(text);
    expect(unredacted.redactUrl('/a?token=x#y')).toBe('/a?token=x#y');
    expect(unredacted.redactHeaders({ Cookie: 'sid=1', 'x-none': undefined })).toEqual({ cookie: 'sid=1' });
    const value = {
      password: 'x',
      card: 4_111_111_111_111_111,
      list: ['authorization', 'Bearer x'],
      long: 'a'.repeat(9e5),
    };
    expect(unredacted.redactValue(value)).toEqual(value);
  });

  it('copies values into plain data, errors in full', () => {
    const error = new RangeError('no', { cause: new Error('why') });
    expect(unredacted.redactValue({ error, big: 1n, at: new Date(0), map: new Map([['a', 1]]) })).toEqual({
      error: expect.objectContaining({
        type: 'RangeError',
        message: 'no',
        stack: error.stack,
        cause: expect.objectContaining({ message: 'why' }),
      }),
      big: '1',
      at: '1970-01-01T00:00:00.000Z',
      map: { a: 1 },
    });
  });

  it('bounds what it copies, cuts cycles, and survives what cannot be read', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(unredacted.redactValue(cycle)).toEqual({ self: '[circular]' });
    expect(unredacted.redactValue(Array.from({ length: 1_000 }, () => 1))).toHaveLength(201);
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 10_000; depth += 1) deep = { deep };
    expect(JSON.stringify(unredacted.redactValue(deep))).toContain('[truncated]');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(unredacted.redactValue({ proxy })).toEqual({ proxy: '[unreadable]' });
  });
});
