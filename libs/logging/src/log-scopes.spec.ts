import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentObservation, Frame, type Observation, Observations, Observed, runInFrame } from '#observation';
import { Redactor } from '#redaction';
import { AppLog } from './app-log.js';
import { collectGarbage } from './collect-garbage.fixture.js';
import type { Line } from './logged-app.fixture.js';
import { resolveLoggingOptions } from './logging.options.js';
import { ObservationLines } from './observation-lines.js';

class Poller {
  readonly rounds: WeakRef<Observation>[] = [];
  last: Observation | undefined;
  late: Promise<void> = Promise.resolve();

  constructor(private readonly log: AppLog) {}

  @Observed('poller.tick')
  tick(left: number, done: () => void): void {
    this.last = currentObservation();
    this.rounds.push(new WeakRef(this.last!));
    this.log.root.info('tick');
    if (left > 0) setImmediate(() => this.tick(left - 1, done));
    else done();
  }

  @Observed('poller.import')
  import(): void {
    this.log.runInScope(() => (this.late = sleep(5).then(() => this.store())), { job: 'import' }, false);
  }

  @Observed('poller.store')
  store(): void {
    this.log.root.info('stored');
  }
}

function polling() {
  const lines: Line[] = [];
  const app = new Observations({ name: 'poller', version: '1', environment: 'test', instance: 'one' });
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const log = AppLog.open(resolveLoggingOptions({ destination, pretty: false }), 'poller', new Redactor(), app);
  app.register(new ObservationLines(log, true));
  const run = <T>(work: () => T): T => runInFrame(new Frame(app, undefined, undefined), work);
  return { lines, run, poller: new Poller(log) };
}

describe('LogScopes', () => {
  it('hold no call that has ended, however many follow on it', async () => {
    const { lines, run, poller } = polling();
    await new Promise<void>((resolve) => run(() => poller.tick(20, resolve)));
    await collectGarbage();
    expect(lines).toHaveLength(21);
    expect(poller.rounds.filter((round) => round.deref() !== undefined).map((round) => round.deref())).toEqual([
      poller.last,
    ]);
  });

  it('keep a scope that was opened for work that goes on after the call around it has ended', async () => {
    const { lines, run, poller } = polling();
    run(() => poller.import());
    await poller.late;
    expect(lines).toMatchObject([{ msg: 'stored', job: 'import' }]);
  });
});
