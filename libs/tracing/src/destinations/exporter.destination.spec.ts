import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { RetryableError } from '#delivery';
import { describeSpanDestination, type DestinationUnderTest, finishedSpans } from '../span-destination.contract.js';
import { ExporterDestination } from './exporter.destination.js';

/** An exporter of a user's own. */
class NotebookExporter implements SpanExporter {
  mode: 'writing' | 'refusing' | 'silent' = 'writing';
  readonly names: string[] = [];

  export(spans: ReadableSpan[], done: (result: { code: number; error?: Error }) => void): void {
    if (this.mode === 'silent') return;
    if (this.mode === 'refusing') return done({ code: 1 });
    this.names.push(...spans.map(({ name }) => name));
    done({ code: 0 });
  }

  async shutdown(): Promise<void> {}
}

async function start(): Promise<DestinationUnderTest & { exporter: NotebookExporter }> {
  const exporter = new NotebookExporter();
  return {
    exporter,
    destination: new ExporterDestination('notebook', exporter),
    received: () => exporter.names,
    become: (mode) => (exporter.mode = mode),
    async [Symbol.asyncDispose]() {},
  };
}

describeSpanDestination("A user's exporter", start);

describe('ExporterDestination', () => {
  it('gives no more to an exporter that does not come back', async () => {
    const { destination, exporter } = await start();
    exporter.mode = 'silent';
    for (let index = 0; index < 4; index++) {
      await expect(destination.send(finishedSpans('one'), AbortSignal.timeout(10))).rejects.toThrow('timeout');
    }
    exporter.mode = 'writing';
    const fifth = destination.send(finishedSpans('five'), new AbortController().signal);
    await expect(fifth).rejects.toBeInstanceOf(RetryableError);
    await sleep(1);
    expect(exporter.names).toEqual([]);
  });
});
