import { describe, expect, it } from 'vitest';
import type { FinishedObservation } from './finished-observation.js';
import { RecentObservations } from './recent-observations.js';

function finished(
  name: string,
  durationMs = 1,
  outcome: FinishedObservation['outcome'] = 'success',
): FinishedObservation {
  const ids = { traceId: name.padStart(32, '0'), spanId: 'b'.repeat(16) };
  return { ...ids, name, kind: 'server', startTimeMs: 0, durationMs, outcome, attributes: {} };
}

function filled(size: number, ...names: string[]): RecentObservations {
  const recent = new RecentObservations(size);
  for (const name of names) recent.add(finished(name));
  return recent;
}

const namesOf = (items: readonly FinishedObservation[]): string[] => items.map(({ name }) => name);

describe('RecentObservations', () => {
  it('keeps the newest and forgets the rest', () => {
    const recent = filled(3, 'a', 'b', 'c', 'd', 'e');
    expect(namesOf(recent.list({ limit: 100 }).items)).toEqual(['e', 'd', 'c']);
  });

  it('keeps nothing when it has no room', () => {
    expect(filled(0, 'a', 'b').list({ limit: 100 })).toEqual({ items: [] });
  });

  it('gives page after page, and none twice while more come in', () => {
    const recent = filled(5, 'a', 'b', 'c', 'd', 'e');
    const first = recent.list({ limit: 2 });
    recent.add(finished('f'));
    const second = recent.list({ limit: 2, before: first.next });
    expect([first, second].map(({ items }) => namesOf(items))).toEqual([
      ['e', 'd'],
      ['c', 'b'],
    ]);
    expect([typeof first.next, second.next]).toEqual(['number', undefined]);
  });

  it('tells the slowest or the failed first on demand', () => {
    const recent = new RecentObservations(10);
    recent.add(finished('slow', 30));
    recent.add(finished('failed', 10, 'failure'));
    recent.add(finished('denied', 20, 'denied'));
    recent.add(finished('quick', 1));
    expect(namesOf(recent.list({ limit: 2, order: 'slowest' }).items)).toEqual(['slow', 'denied']);
    expect(namesOf(recent.list({ limit: 3, order: 'failed' }).items)).toEqual(['failed', 'quick', 'denied']);
  });

  it('finds a trace', () => {
    const recent = filled(10, 'a', 'b', 'a');
    expect(recent.list({ limit: 10, traceId: 'a'.padStart(32, '0') }).items).toHaveLength(2);
  });
});
