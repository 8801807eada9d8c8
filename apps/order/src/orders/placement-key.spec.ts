import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { PlacementKeyReused } from './errors/placement-key-reused.error.js';
import { Order } from './order.js';
import { viewOf } from './order-view.js';
import { fingerprintOf, PlacementKey } from './placement-key.js';

const NAAN = { sku: 'garlic-naan', quantity: 2, unitPriceCents: 299 };
const LASSI = { sku: 'mango-lassi', quantity: 1, unitPriceCents: 450 };

describe('fingerprintOf', () => {
  it('does not depend on the order in which fields were written', () => {
    const rewritten = { unitPriceCents: 299, quantity: 2, sku: 'garlic-naan' };
    expect(fingerprintOf('ada', [rewritten])).toBe(fingerprintOf('ada', [NAAN]));
  });

  it.each([
    ['consumer', fingerprintOf('grace', [NAAN, LASSI])],
    ['sequence of items', fingerprintOf('ada', [LASSI, NAAN])],
    ['quantity', fingerprintOf('ada', [{ ...NAAN, quantity: 3 }, LASSI])],
    ['price', fingerprintOf('ada', [{ ...NAAN, unitPriceCents: 300 }, LASSI])],
    ['number of items', fingerprintOf('ada', [NAAN])],
  ])('differs for another %s', (_, other) => {
    expect(other).not.toBe(fingerprintOf('ada', [NAAN, LASSI]));
  });
});

describe('PlacementKey', () => {
  const fingerprint = fingerprintOf('ada', [NAAN]);
  const answer = viewOf(Order.place('ada', [NAAN]));
  const key = Object.assign(new PlacementKey(), { actorId: 'ada', key: 'k-1', fingerprint, answer });

  it('repeats its answer for the same order', () => {
    expect(key.answerTo(fingerprint)).toEqual(answer);
  });

  it('refuses another order', () => {
    expect(() => key.answerTo(fingerprintOf('ada', [LASSI]))).toThrow(PlacementKeyReused);
  });
});
