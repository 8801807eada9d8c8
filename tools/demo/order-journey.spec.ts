import { describe, expect, it } from 'vitest';
import { journeyOf, peopleFor } from './order-journey.ts';

const journeys = (orders: number) =>
  Array.from({ length: orders }, (_, number) => journeyOf(number, peopleFor(orders)));

describe('journeyOf', () => {
  it('begins with placing an order in the name of the customer who does it', () => {
    for (const [place] of journeys(30)) {
      expect(place).toMatchObject({ method: 'POST', path: '/api/orders', status: 201 });
      expect(place.body).toMatchObject({ consumerId: place.by!.user });
    }
  });

  it('meets every answer within the first thirty orders', () => {
    const statuses = new Set(journeys(30).flatMap((steps) => steps.map(({ status }) => status)));
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 201, 400, 401, 403, 404, 409]);
    const wishes = journeys(30).flatMap((steps) => steps.map(({ path }) => path.split(':id/')[1]));
    expect(new Set(wishes)).toEqual(new Set([undefined, 'approve', 'revise', 'cancel', 'reject']));
  });

  it('is denied what belongs to somebody else or needs another role', () => {
    const denied = journeys(30).flatMap((steps) => steps.filter(({ status }) => status === 403));
    expect(denied.length).toBeGreaterThan(1);
    for (const { by } of denied) expect(by?.role).toBe('customer');
  });

  it('offers amounts that have at most two decimal places', () => {
    for (const [{ body }] of journeys(100)) {
      const { items } = body as { items: { unitPrice: number }[] };
      for (const { unitPrice } of items) expect(Math.round(unitPrice * 100) / 100).toBe(unitPrice);
    }
  });

  it.each([1, 60, 1_000])('leaves everybody below the rate limit with %i orders', (orders) => {
    const counts = new Map<string, number>();
    for (const { by } of journeys(orders).flat()) if (by) counts.set(by.user, (counts.get(by.user) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThan(600);
  });
});
