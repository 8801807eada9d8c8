import { describe, expect, it } from 'vitest';
import { isCardNumber, replaceCardNumbers } from './card-number.js';

const replace = (run: string): string => replaceCardNumbers(run, () => '*');

describe('isCardNumber', () => {
  it.each([
    ['Visa', '4111111111111111'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the second range', '2223003122003222'],
    ['American Express', '378282246310005'],
    ['Diners', '30569309025904'],
    ['Discover', '6011111111111117'],
    ['JCB', '3530111333300000'],
    ['UnionPay', '6250941006528599'],
  ])('recognizes %s', (_scheme, digits) => {
    expect(isCardNumber(digits)).toBe(true);
  });

  it.each([
    ['a wrong check digit', '4111111111111112'],
    ['a time in milliseconds', '1732270000000'],
    ['a time in nanoseconds', '1732270000000000000'],
    ['a number of no scheme', '1234567812345670'],
    ['an article number', '4222222222222'],
    ['too few digits', '411111111111'],
  ])('leaves %s alone', (_what, digits) => {
    expect(isCardNumber(digits)).toBe(false);
  });
});

describe('replaceCardNumbers', () => {
  it.each([
    ['4111111111111111', '*'],
    ['4111 1111 1111 1111', '*'],
    ['4111-1111-1111-1111', '*'],
    ['3782 822463 10005', '*'],
    ['2026-11-22 4111 1111 1111 1111 12', '2026-11-22 * 12'],
    ['4111111111111111 5555555555554444', '* *'],
    ['4111111111111112 7', '4111111111111112 7'],
    ['94111111111111111', '94111111111111111'],
  ])('turns %j into %j', (run, expected) => {
    expect(replace(run)).toBe(expected);
  });
});
