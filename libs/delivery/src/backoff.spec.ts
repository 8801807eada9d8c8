import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

const bounds = { backoffBaseMs: 100, backoffMaxMs: 1_000 };

function waits(failedAttempts: number, retryAfterMs?: number): { least: number; most: number } {
  const drawn = Array.from({ length: 500 }, () => backoffMs(failedAttempts, bounds, retryAfterMs));
  return { least: Math.min(...drawn), most: Math.max(...drawn) };
}

describe('backoffMs', () => {
  it.each([
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [2_000, 1_000],
  ])('draws from all of the time after %i failed attempts, at most %i ms', (failedAttempts, most) => {
    const drawn = waits(failedAttempts);
    expect(drawn.most).toBeLessThanOrEqual(most);
    expect(drawn.most).toBeGreaterThan(most * 0.8);
    expect(drawn.least).toBeLessThan(most * 0.2);
  });

  it('waits as long as the receiver asks, within a minute', () => {
    expect(waits(1, 5_000).least).toBeGreaterThanOrEqual(5_000);
    expect(waits(1, 1e12).most).toBeLessThanOrEqual(60_100);
    expect(waits(1, -5).most).toBeLessThanOrEqual(100);
    expect(waits(1, NaN).most).toBeLessThanOrEqual(100);
  });
});
