import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { reportOf } from './exception-report.fixture.js';
import type { ExceptionReporter } from './exception-reporter.js';

/** A reporter and what is behind it, as the contract suite needs them. */
export interface ReporterUnderTest extends AsyncDisposable {
  readonly reporter: ExceptionReporter;
  /** The messages of the exceptions that have arrived. */
  received(): readonly string[];
}

/** A reporter whose receiver is outside of the process. */
export interface RemoteReporterUnderTest extends ReporterUnderTest {
  /** From now on the receiver refuses what it is sent, or takes it and never answers. */
  become(mode: 'refusing' | 'silent'): void;
}

const never = new AbortController().signal;

/** What every reporter promises. */
export function describeExceptionReporter(name: string, start: () => Promise<ReporterUnderTest>): void {
  describe(`${name} as a reporter of exceptions`, () => {
    it('tells of each exception once', async () => {
      await using test = await start();
      await test.reporter.report(reportOf(new RangeError('one')), never);
      await test.reporter.report(reportOf(new RangeError('two')), never);
      expect(test.received()).toEqual(['one', 'two']);
    });

    it('tells of what was thrown in place of an error', async () => {
      await using test = await start();
      await test.reporter.report(reportOf('a text'), never);
      expect(test.received()).toEqual(['a text']);
    });

    it('tells of the same report again when it is asked to', async () => {
      await using test = await start();
      const report = reportOf(new RangeError('again'));
      await test.reporter.report(report, never);
      await test.reporter.report(report, never);
      expect(test.received()).toEqual(['again', 'again']);
    });

    it('names itself in a word', async () => {
      await using test = await start();
      expect(test.reporter.name).toMatch(/^[a-z][a-z0-9_]*$/);
    });
  });
}

/** What a reporter promises besides when its receiver can fail. */
export function describeRemoteReporter(name: string, start: () => Promise<RemoteReporterUnderTest>): void {
  describeExceptionReporter(name, start);

  describe(`${name} as a reporter to somebody outside`, () => {
    it('rejects what its receiver refuses', async () => {
      await using test = await start();
      test.become('refusing');
      await expect(async () => test.reporter.report(reportOf(new Error('one')), never)).rejects.toBeInstanceOf(Error);
      expect(test.received()).toEqual([]);
    });

    it('lets go of a report that is given up, and closes', async () => {
      await using test = await start();
      test.become('silent');
      const giveUp = new AbortController();
      const sent = Promise.resolve(test.reporter.report(reportOf(new Error('one')), giveUp.signal)).then(
        () => 'arrived',
        () => 'given up',
      );
      await sleep(50);
      giveUp.abort(new Error('too late'));
      expect(await Promise.race([sent, sleep(1_000, 'still waiting')])).toBe('given up');
      expect(await Promise.race([test.reporter.close().then(() => 'closed'), sleep(1_000, 'still open')])).toBe(
        'closed',
      );
    });

    it('says how long it may take', async () => {
      await using test = await start();
      expect(test.reporter.deadlineMs).toBeGreaterThanOrEqual(100);
    });
  });
}
