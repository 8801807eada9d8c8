import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import type { SpanDestination } from './span-destination.js';
import { WHOLE_SPAN } from './span-form.js';

/** A destination and the receiver behind it, as a contract suite needs them. */
export interface DestinationUnderTest extends AsyncDisposable {
  readonly destination: SpanDestination<unknown>;
  /** The names of the spans that have arrived. */
  received(): readonly string[];
  /** From now on the receiver refuses what it is sent, or takes it and never answers. */
  become(mode: 'refusing' | 'silent'): void;
}

/** Finished spans with these names. */
export function finishedSpans(...names: string[]): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (const name of names) provider.getTracer('spec').startSpan(name).end();
  return exporter.getFinishedSpans();
}

/** Finished spans in the form in which they would wait for a destination. */
function waitingSpans({ form = WHOLE_SPAN }: SpanDestination<unknown>, ...names: string[]): unknown[] {
  return finishedSpans(...names).map((span) => form.of(span));
}

/** What every destination of spans promises. */
export function describeSpanDestination(name: string, start: () => Promise<DestinationUnderTest>): void {
  describe(`${name} as a destination of spans`, () => {
    const never = new AbortController().signal;

    it('sends each batch once', async () => {
      await using test = await start();
      await test.destination.send(waitingSpans(test.destination, 'one', 'two'), never);
      await test.destination.send(waitingSpans(test.destination, 'three'), never);
      expect(test.received()).toEqual(['one', 'two', 'three']);
    });

    it('rejects what its receiver refuses', async () => {
      await using test = await start();
      test.become('refusing');
      await expect(test.destination.send(waitingSpans(test.destination, 'one'), never)).rejects.toBeInstanceOf(Error);
      expect(test.received()).toEqual([]);
    });

    it('lets go of a batch that is given up, and sends the next one', async () => {
      await using test = await start();
      test.become('silent');
      const giveUp = new AbortController();
      const sent = test.destination.send(waitingSpans(test.destination, 'one'), giveUp.signal).then(
        () => 'arrived',
        () => 'given up',
      );
      await sleep(50);
      giveUp.abort(new Error('too late'));
      expect(await Promise.race([sent, sleep(1_000, 'still waiting')])).toBe('given up');
    });

    it('closes while nobody answers', async () => {
      await using test = await start();
      test.become('silent');
      const giveUp = new AbortController();
      const sent = test.destination.send(waitingSpans(test.destination, 'one'), giveUp.signal).catch(() => {});
      await sleep(50);
      giveUp.abort(new Error('too late'));
      await sent;
      expect(await Promise.race([test.destination.close().then(() => 'closed'), sleep(1_000, 'still open')])).toBe(
        'closed',
      );
    });

    it('names itself in a word, and says how long it may take', async () => {
      await using test = await start();
      expect(test.destination.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(test.destination.deadlineMs).toBeGreaterThanOrEqual(100);
    });
  });
}
