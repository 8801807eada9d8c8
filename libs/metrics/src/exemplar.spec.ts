import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Frame, Observations, runInFrame } from '#observation';
import { type ExemplarLabels, exemplarOf } from './exemplar.js';
import { Timed } from './timed.decorator.js';

class Poller {
  late: Promise<string> = Promise.resolve('');

  @Timed()
  async round(): Promise<void> {
    await this.read();
    this.late = sleep(5).then(() => this.next());
  }

  @Timed()
  async read(): Promise<string> {
    return this.parse('read');
  }

  @Timed()
  parse(text: string): string {
    return text;
  }

  @Timed()
  next(): string {
    return 'next';
  }
}

describe('the exemplar of a call', () => {
  it('is the trace that it is part of, and not that of a call which started it and has ended', async () => {
    const app = new Observations({ name: 'kitchen', version: '1', environment: 'test', instance: 'one' });
    const exemplars = new Map<string, ExemplarLabels | undefined>();
    app.register({
      component: 'spec',
      aspects: ['timed'],
      started(observation) {
        if (observation.kind !== 'method' || observation.methodName !== 'round') return;
        observation.trace = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 };
      },
      stopped(observation) {
        if (observation.kind === 'method') exemplars.set(observation.methodName, exemplarOf(observation));
      },
    });
    const poller = new Poller();
    await runInFrame(new Frame(app, undefined, undefined), () => poller.round());
    await poller.late;
    const ids = { trace_id: 'c'.repeat(32), span_id: 'd'.repeat(16) };
    expect(Object.fromEntries(exemplars)).toEqual({ parse: ids, read: ids, round: ids, next: undefined });
  });
});
