import { expect, it } from 'vitest';
import { PooledIds } from './pooled-ids.js';

it('makes ids of the lengths that W3C trace context asks for, none of them twice, over many pools', () => {
  const ids = new PooledIds();
  const made = Array.from({ length: 2_000 }, () => [ids.generateTraceId(), ids.generateSpanId()]).flat();
  expect(new Set(made).size).toBe(made.length);
  for (const [index, id] of made.entries()) {
    expect(id).toMatch(index % 2 === 0 ? /^[\da-f]{32}$/ : /^[\da-f]{16}$/);
    expect(id).toMatch(/[^0]/);
  }
});
