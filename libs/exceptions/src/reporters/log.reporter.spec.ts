import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../exception-report.fixture.js';
import { describeExceptionReporter } from '../exception-reporter.contract.js';
import { LogReporter } from './log.reporter.js';

type Line = [{ err: { type: string; message: string; stack?: string }; issue: object }, ...unknown[]];

/** Everything that is logged as an error while it is open. */
class ErrorLines implements AsyncDisposable {
  readonly lines: Line[] = [];

  constructor() {
    const ignore = (): void => {};
    Logger.overrideLogger({ log: ignore, warn: ignore, error: (...line: unknown[]) => this.lines.push(line as Line) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Logger.overrideLogger(false);
  }
}

describeExceptionReporter('LogReporter', async () => {
  const log = new ErrorLines();
  return {
    reporter: new LogReporter(),
    received: () => log.lines.map(([{ err }]) => err.message),
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
});

describe('LogReporter', () => {
  it('writes the stack and the issue', async () => {
    await using log = new ErrorLines();
    new LogReporter().report(reportOf(new RangeError('too hot')));
    const [[line, title, context]] = log.lines as [Line];
    expect(line.err.stack).toMatch(/RangeError: too hot\n\s+at /);
    expect([line.issue, title, context]).toEqual([
      { id: '0123456789abcdef', state: 'new', count: 1 },
      'too hot',
      'Exceptions',
    ]);
  });

  it('writes nothing of what stands in the log already', async () => {
    await using log = new ErrorLines();
    new LogReporter().report(reportOf(new RangeError('too hot'), { logged: true }));
    expect(log.lines).toEqual([]);
  });
});
