import { expect, it } from 'vitest';
import { RandomHex } from './random-hex.js';

it('makes ids of the length that is asked for, none of them twice, over many pools', () => {
  const random = new RandomHex();
  const made = Array.from({ length: 4_000 }, (_, index) => random.take(index % 2 === 0 ? 32 : 16));
  expect(new Set(made).size).toBe(made.length);
  for (const [index, id] of made.entries()) {
    expect(id).toMatch(index % 2 === 0 ? /^[\da-f]{32}$/ : /^[\da-f]{16}$/);
    expect(id).toMatch(/[^0]/);
  }
});
