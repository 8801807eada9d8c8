import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it, vi } from 'vitest';
import type { LedgerSnapshot } from '#delivery';
import { currentFrame } from '#observation';
import { HttpReceiver } from './destinations/http-receiver.fixture.js';
import { TracedApp } from './traced-app.fixture.js';

@Controller()
class WorkController {
  @Get('work')
  work(): string {
    return 'done';
  }
}

const controllers = [WorkController];
const lifecycle = { flushMs: 1_000 };

async function requests(app: TracedApp, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await app.request('/work')).status);
  await app.ended(count);
  return statuses;
}

/** What became of every span, and that none is missing from the books. */
function balanced(ledger: LedgerSnapshot | undefined): LedgerSnapshot {
  if (ledger === undefined) throw new Error('There is no ledger.');
  const dropped = Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0);
  expect(ledger.delivered + dropped + ledger.inFlight).toBe(ledger.produced);
  return ledger;
}

/** An exporter that does HTTP of its own, as exporters do. */
class CallingExporter implements SpanExporter {
  readonly suppressed: (boolean | undefined)[] = [];

  constructor(private readonly url: string) {}

  export(_spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    this.suppressed.push(currentFrame()?.suppressed);
    void fetch(this.url).then(
      () => done({ code: 0 }),
      () => done({ code: 1 }),
    );
  }

  async shutdown(): Promise<void> {}
}

describe('SpanDelivery', () => {
  it('delivers what the app did before it closes', async () => {
    await using receiver = await HttpReceiver.start();
    const app = await TracedApp.start({ controllers, options: { otlp: { url: receiver.url } } });
    expect(await requests(app, 3)).toEqual([200, 200, 200]);
    const { tracing } = app;
    await app[Symbol.asyncDispose]();
    expect(balanced(tracing.deliveries()[0])).toMatchObject({ pipe: 'spans_otlp', produced: 3, delivered: 3 });
    expect(receiver.accepted).toHaveLength(1);
  });

  it.each([['silent' as const], ['dripping' as const], [503], [400]])(
    'leaves requests alone while the collector is %s, counts what is lost, and closes in time',
    async (mode) => {
      await using receiver = await HttpReceiver.start();
      receiver.mode = mode;
      const app = await TracedApp.start({ controllers, lifecycle, options: { otlp: { url: receiver.url } } });
      expect(await requests(app, 20)).toEqual(Array(20).fill(200));
      const { tracing } = app;
      const closing = performance.now();
      await app[Symbol.asyncDispose]();
      // The flush may take its second; the rest is the app's own.
      expect(performance.now() - closing).toBeLessThan(2_000);
      const ledger = balanced(tracing.deliveries()[0]);
      expect([ledger.produced, ledger.delivered, ledger.inFlight]).toEqual([20, 0, 0]);
      expect(receiver.mostAtOnce).toBeLessThanOrEqual(1);
    },
  );

  it('leaves requests alone while nobody listens', async () => {
    const receiver = await HttpReceiver.start();
    const { url } = receiver;
    await receiver[Symbol.asyncDispose]();
    const app = await TracedApp.start({ controllers, lifecycle, options: { otlp: { url } } });
    expect(await requests(app, 5)).toEqual(Array(5).fill(200));
    const { tracing } = app;
    await app[Symbol.asyncDispose]();
    expect(balanced(tracing.deliveries()[0])).toMatchObject({ produced: 5, delivered: 0, inFlight: 0 });
  });

  it('goes on by itself when the collector is back', async () => {
    await using receiver = await HttpReceiver.start();
    receiver.mode = 'silent';
    const otlp = { url: receiver.url, timeoutMs: 200 };
    await using app = await TracedApp.start({ controllers, lifecycle, options: { otlp } });
    await requests(app, 1);
    await vi.waitFor(() => expect(app.tracing.deliveries()[0]?.dropped).toEqual({ deadline: 1 }), 5_000);
    expect(app.observations.internalErrors.counts().get('tracing.spans_otlp')).toBe(1);
    receiver.mode = 'answering';
    await requests(app, 1);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(1), 5_000);
    expect(balanced(app.tracing.deliveries()[0])).toMatchObject({ produced: 2, delivered: 1, inFlight: 0 });
  });

  it('never holds more than its bound, and counts every span beyond it', async () => {
    await using receiver = await HttpReceiver.start();
    receiver.mode = 'silent';
    const app = await TracedApp.start({ lifecycle, options: { otlp: { url: receiver.url } } });
    for (let index = 0; index < 5_000; index++) app.tracing.trace('work', () => {});
    const { tracing } = app;
    const held = balanced(tracing.deliveries()[0]);
    expect(held.dropped['queue_full']).toBe(5_000 - held.inFlight);
    expect(held.inFlight).toBeLessThanOrEqual(2_048 + 512);
    await app[Symbol.asyncDispose]();
    expect(balanced(tracing.deliveries()[0])).toMatchObject({ produced: 5_000, delivered: 0, inFlight: 0 });
  });

  it('makes no spans of its own sending', async () => {
    await using receiver = await HttpReceiver.start();
    const exporter = new CallingExporter(receiver.url);
    const options = { otlp: { url: receiver.url }, zipkin: { url: receiver.url }, exporters: [exporter] };
    await using app = await TracedApp.start({ controllers, options });
    await requests(app, 2);
    await vi.waitFor(() => expect(receiver.requests).toBeGreaterThanOrEqual(3), 5_000);
    await sleep(50);
    expect(app.spans.map(({ name }) => name)).toEqual(['GET /work', 'GET /work']);
    expect(exporter.suppressed).toEqual([true]);
    const { items } = await app.observationsPage();
    expect(items.map((item) => item['kind'])).toEqual(['server', 'server']);
  });

  it('offers only what is sampled', async () => {
    await using receiver = await HttpReceiver.start();
    const options = { sampling: 'never' as const, otlp: { url: receiver.url } };
    await using app = await TracedApp.start({ controllers, options });
    await app.request('/work');
    expect(app.tracing.deliveries()[0]?.produced).toBe(0);
  });
});
