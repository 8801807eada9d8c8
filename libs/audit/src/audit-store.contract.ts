import { describe, expect, it } from 'vitest';
import { anEntry } from './audit-entry.fixture.js';
import type { AuditQuery, AuditStore } from './audit-store.js';
import { canonicalForm } from './canonical-form.js';
import { ChainCheck } from './verify/chain-check.js';

const MINUTE = (minute: number): string => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every store has to keep; `open` gives a new and empty one, which its spec closes. */
export function describeAuditStore(name: string, open: () => Promise<AuditStore>): void {
  const eventsOf = async (store: AuditStore, query: Partial<AuditQuery> = {}): Promise<string[]> =>
    (await store.find({ limit: 100, ...query })).items.map(({ record }) => record.event);

  describe(`${name}, as a store of audit records`, () => {
    it('finds what was appended, newest first', async () => {
      const store = await open();
      await store.append([anEntry({ event: 'a' }), anEntry({ event: 'b' })]);
      await store.append([anEntry({ event: 'c' })]);
      expect(await eventsOf(store)).toEqual(['c', 'b', 'a']);
    });

    it('finds nothing where nothing was appended', async () => {
      expect(await (await open()).find({ limit: 10 })).toEqual({ items: [] });
    });

    it('keeps every field as it was', async () => {
      const store = await open();
      const entry = anEntry({
        event: 'order.revise',
        reason: 'ünïcode 🦉 "quotes" \\ and \u2028',
        change: { format: 'json-patch', patch: [{ op: 'add', path: '/a', value: [1, 2.5, null, { b: '' }] }] },
      });
      await store.append([entry]);
      const [stored] = (await store.find({ limit: 1 })).items;
      expect(stored!.record).toEqual({ ...entry, stream: stored!.record.stream, seq: 1 });
    });

    it('chains the records without a gap, also those that many append at once', async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 40 }, (_, index) => store.append([anEntry({ event: `e${index}` })])));
      const { items } = await store.find({ limit: 100 });
      const check = new ChainCheck();
      expect(items.toReversed().map((stored) => check.next(stored, canonicalForm(stored.record)))).toEqual(
        Array.from({ length: 40 }, () => undefined),
      );
    });

    it('gives pages that together hold every record once, also when records come in between', async () => {
      const store = await open();
      await store.append(Array.from({ length: 7 }, (_, index) => anEntry({ event: `e${index}` })));
      const first = await store.find({ limit: 3 });
      await store.append([anEntry({ event: 'late' })]);
      const second = await store.find({ limit: 3, before: first.next });
      const third = await store.find({ limit: 3, before: second.next });
      const events = [first, second, third].map(({ items }) => items.map(({ record }) => record.event));
      expect(events).toEqual([['e6', 'e5', 'e4'], ['e3', 'e2', 'e1'], ['e0']]);
      expect(third.next).toBeUndefined();
    });

    it('finds by id, actor, target, action, outcome and time', async () => {
      const store = await open();
      const bob = anEntry({
        event: 'order.cancel',
        action: 'CANCEL',
        outcome: 'denied',
        actor: { id: 'bob', type: 'user' },
        targets: [{ type: 'order', id: 'o-2' }],
        time: MINUTE(5),
      });
      await store.append([anEntry({ time: MINUTE(1) }), bob, anEntry({ event: 'order.read', time: MINUTE(9) })]);
      const queries: Partial<AuditQuery>[] = [
        { id: bob.id },
        { actor: 'bob' },
        { target: 'o-2' },
        { target: 'order:o-2' },
        { action: 'order.cancel' },
        { action: 'CANCEL' },
        { outcome: 'denied' },
        { from: MINUTE(5), to: MINUTE(6) },
        { actor: 'bob', outcome: 'denied', from: MINUTE(5) },
      ];
      for (const query of queries) expect([query, await eventsOf(store, query)]).toEqual([query, ['order.cancel']]);
      for (const query of [
        { actor: 'bo' },
        { target: 'order:' },
        { to: MINUTE(1) },
        { actor: 'bob', outcome: 'success' },
      ]) {
        expect([query, await eventsOf(store, query as Partial<AuditQuery>)]).toEqual([query, []]);
      }
    });
  });
}
