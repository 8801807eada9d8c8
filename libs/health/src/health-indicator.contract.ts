import { describe, expect, it } from 'vitest';
import type { HealthIndicator } from './health-indicator.js';

/** Something real that an indicator looks at, and that can be taken away and given back. */
export interface WatchedThing extends AsyncDisposable {
  readonly indicator: HealthIndicator;
  takeAway(): Promise<void> | void;
  giveBack(): Promise<void> | void;
}

/** Generous for a machine that is busy; what counts is that there is an answer at all. */
const PATIENCE_MS = 5_000;

/** What every indicator has to keep. */
export function describeHealthIndicator(what: string, watch: () => Promise<WatchedThing>): void {
  const statusOf = (indicator: HealthIndicator): Promise<string> =>
    indicator.check(AbortSignal.timeout(PATIENCE_MS)).then(
      ({ status }) => status,
      () => 'down',
    );

  describe(`${what}, as an indicator of health`, () => {
    it('has a name and is up, however often it is asked', async () => {
      await using thing = await watch();
      expect(thing.indicator.name).toMatch(/^[A-Za-z][\w.-]*$/);
      for (let round = 0; round < 3; round++) expect(await statusOf(thing.indicator)).toBe('up');
    });

    it('is asked by several at once', async () => {
      await using thing = await watch();
      const all = await Promise.all(Array.from({ length: 5 }, () => statusOf(thing.indicator)));
      expect(new Set(all)).toEqual(new Set(['up']));
    });

    it('is down while the thing is away, and up when it is back', async () => {
      await using thing = await watch();
      await thing.takeAway();
      expect(await statusOf(thing.indicator)).toBe('down');
      expect(await statusOf(thing.indicator)).toBe('down');
      await thing.giveBack();
      expect(await statusOf(thing.indicator)).toBe('up');
    });

    it('remembers nothing of a caller who gave up', async () => {
      await using thing = await watch();
      const [givenUp] = await Promise.allSettled([thing.indicator.check(AbortSignal.abort(new Error('given up')))]);
      expect(['fulfilled', 'rejected']).toContain(givenUp.status);
      expect(await statusOf(thing.indicator)).toBe('up');
    });
  });
}
