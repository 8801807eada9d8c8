import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from './seeded-random.ts';

const letters = [...'abcdef'];

describe('shuffled', () => {
  it('gives the same order for the same seed and another one for another', () => {
    expect(shuffled(letters, seededRandom(7))).toEqual(shuffled(letters, seededRandom(7)));
    expect(shuffled(letters, seededRandom(7))).not.toEqual(shuffled(letters, seededRandom(8)));
  });

  it('keeps every item and leaves the list that it was given alone', () => {
    expect(shuffled(letters, seededRandom(7)).toSorted()).toEqual(letters);
    expect(letters.join('')).toBe('abcdef');
  });

  it('puts each item in each place about equally often', () => {
    const random = seededRandom(42);
    const firsts = new Map<string, number>();
    for (let turn = 0; turn < 6_000; turn += 1) {
      const [first] = shuffled(letters, random);
      firsts.set(first!, (firsts.get(first!) ?? 0) + 1);
    }
    for (const letter of letters) expect(Math.abs(firsts.get(letter)! - 1_000)).toBeLessThan(120);
  });
});
