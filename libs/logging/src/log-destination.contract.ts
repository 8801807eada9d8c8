import { describe, expect, it } from 'vitest';
import type { LogDestination } from './log-destination.js';

/** A destination under test, and how to see and to break what is behind it. */
export interface DestinationUnderTest {
  readonly destination: LogDestination;
  /** What has arrived so far. */
  arrived(): string;
  /** From now on nothing can arrive; absent where nothing can break. */
  breakDown?(): void;
  close(): void;
}

/** What every place that log lines go to has to do. */
export function describeLogDestination(name: string, open: () => DestinationUnderTest): void {
  const lines = Array.from({ length: 5_000 }, (_, index) => `{"level":30,"msg":"line ${index} \u{1f980}"}\n`);

  describe(`${name} as a log destination`, () => {
    const using = async (work: (under: DestinationUnderTest) => Promise<void>): Promise<void> => {
      const under = open();
      try {
        await work(under);
      } finally {
        under.destination.release?.();
        under.close();
      }
    };

    it('has let all lines arrive, whole and in their order, once it is flushed', () =>
      using(async ({ destination, arrived }) => {
        for (const line of lines) destination.write(line);
        await destination.flush?.(5_000);
        expect(arrived().match(/line \d+/g)).toEqual(lines.map((_, index) => `line ${index}`));
      }));

    it('lets lines arrive by themselves', () =>
      using(async ({ destination, arrived }) => {
        destination.write(lines[0]!);
        await expect.poll(arrived).toContain('line 0');
      }));

    it('lets lines arrive at once after it was released, behind those that still waited', () =>
      using(async ({ destination, arrived }) => {
        destination.write(lines[0]!);
        destination.release?.();
        destination.write(lines[1]!);
        expect(arrived().match(/line \d+/g)).toEqual(['line 0', 'line 1']);
        await destination.flush?.(1_000);
        expect(arrived().match(/line \d+/g)).toHaveLength(2);
      }));

    it('never throws, and keeps books of every line', () =>
      using(async ({ destination, breakDown }) => {
        for (const line of lines.slice(0, 100)) destination.write(line);
        await destination.flush?.(1_000);
        breakDown?.();
        for (const line of lines.slice(0, 100)) destination.write(line);
        await destination.flush?.(200);
        destination.release?.();
        destination.write(lines[0]!);
        const { produced, delivered, dropped, inFlight } = destination.ledger!.snapshot();
        expect(produced).toBe(201);
        expect(inFlight).toBe(0);
        expect(delivered).toBe(breakDown === undefined ? 201 : 100);
        expect(Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(201 - delivered);
      }));
  });
}
