import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';

describe('Ledger', () => {
  it('books what became of each item', () => {
    const ledger = new Ledger('spans');
    ledger.produce(10);
    ledger.deliver(4);
    ledger.drop('queue_full');
    ledger.drop('deadline', 2);
    ledger.drop('deadline');
    expect(ledger.snapshot()).toEqual({
      pipe: 'spans',
      produced: 10,
      delivered: 4,
      dropped: { queue_full: 1, deadline: 3 },
      inFlight: 2,
    });
  });

  it.each([5, -1, NaN, Infinity, 1.9, '3' as never])(
    'stays balanced when %s more are settled than there are',
    (items) => {
      const ledger = new Ledger('spans');
      ledger.produce(3);
      ledger.deliver(items);
      ledger.drop('deadline', items);
      const { produced, delivered, dropped, inFlight } = ledger.snapshot();
      expect(produced).toBe(delivered + Object.values(dropped).reduce((sum, count) => sum + count, 0) + inFlight);
      expect(inFlight).toBeGreaterThanOrEqual(0);
    },
  );

  it('does not let a receiver make up reasons without end', () => {
    const ledger = new Ledger('spans');
    ledger.produce(1_000);
    for (let item = 0; item < 900; item += 1) ledger.drop(`reason_${item}`);
    for (const reason of ['__proto__', 'with space', 'X'.repeat(1_000), '']) ledger.drop(reason);
    const { dropped } = ledger.snapshot();
    expect(Object.keys(dropped).length).toBeLessThanOrEqual(33);
    expect(dropped.other).toBe(900 - 32 + 4);
    expect(Object.getPrototypeOf(dropped)).toBe(Object.prototype);
  });

  it('hands out copies', () => {
    const ledger = new Ledger('spans');
    ledger.snapshot().dropped.forged = 7;
    expect(ledger.snapshot().dropped).toEqual({});
  });
});
