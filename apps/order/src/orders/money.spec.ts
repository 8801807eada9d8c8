import { describe, expect, it } from 'vitest';
import { fromCents, isAmount, toCents } from './money.js';

describe('toCents', () => {
  it.each([
    [0.29, 29],
    [1.1, 110],
    [4.35, 435],
    [1_000_000, 100_000_000],
  ])('takes %d as %d cents', (amount, cents) => {
    expect(toCents(amount)).toBe(cents);
    expect(fromCents(cents)).toBe(amount);
  });
});

describe('isAmount', () => {
  it.each([0, 0.1, 0.29, 12.5, 999_999.99, 1_000_000])('accepts %d', (value) => {
    expect(isAmount(value)).toBe(true);
  });

  it.each([0.001, 1e-7, 12.345, Number.NaN, Number.POSITIVE_INFINITY, '12.50', null])('refuses %s', (value) => {
    expect(isAmount(value)).toBe(false);
  });
});
