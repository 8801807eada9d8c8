import { Logger } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InternalErrors } from '#observation';
import { MetricCollection } from './metric-collection.js';

Logger.overrideLogger(false);
afterEach(() => vi.restoreAllMocks());

const TIMEOUT_MS = 100;
/** What a busy machine may take on top. */
const SLACK_MS = 1_000;

function shop() {
  const registry = new Registry();
  const errors = new InternalErrors();
  const gauge = (name: string, collect?: (this: Gauge) => void | Promise<void>) =>
    new Gauge({ name, help: name, registers: [registry], ...(collect && { collect }) });
  return { registry, errors, gauge, collection: new MetricCollection([registry], TIMEOUT_MS, errors) };
}

const names = async (collection: MetricCollection): Promise<string[]> =>
  (await collection.collect()).map(({ name }) => name);

describe('MetricCollection', () => {
  it('reads all metrics, with what their collectors set', async () => {
    const { gauge, collection } = shop();
    gauge('at_once', function () {
      this.set(1);
    });
    gauge('later', async function () {
      await Promise.resolve();
      this.set(2);
    });
    const families = await collection.collect();
    expect(families.map(({ name, samples }) => [name, samples[0]!.value])).toEqual([
      ['at_once', 1],
      ['later', 2],
    ]);
  });

  it('leaves out a metric whose collector throws or rejects, and counts it', async () => {
    const { gauge, collection, errors } = shop();
    gauge('throws', () => {
      throw new Error('out of order');
    });
    gauge('rejects', () => Promise.reject(new Error('out of order')));
    gauge('works');
    expect(await names(collection)).toEqual(['works']);
    expect(errors.counts().get('metrics')).toBe(2);
  });

  it('leaves out a metric whose collector hangs, and asks it again only when it has come back', async () => {
    const { gauge, collection, errors } = shop();
    let finish = (): void => {};
    let asked = 0;
    gauge('hangs', () => {
      asked++;
      return new Promise((resolve) => (finish = resolve));
    });
    gauge('works');
    const start = performance.now();
    expect(await names(collection)).toEqual(['works']);
    expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    expect(await names(collection)).toEqual(['works']);
    expect([asked, errors.counts().get('metrics')]).toEqual([1, 2]);

    finish();
    await new Promise(setImmediate);
    const third = names(collection);
    finish();
    expect(await third).toEqual(['hangs', 'works']);
  });

  it('reads a metric once for scrapes that overlap, and gives it to each of them', async () => {
    const { gauge, collection, errors } = shop();
    let finish = (): void => {};
    let asked = 0;
    gauge('slow', () => {
      asked++;
      return new Promise((resolve) => (finish = resolve));
    });
    const scrapes = [names(collection), names(collection)];
    await new Promise(setImmediate);
    finish();
    expect(await Promise.all(scrapes)).toEqual([['slow'], ['slow']]);
    expect([asked, errors.counts().get('metrics')]).toEqual([1, undefined]);
  });

  it('has a control: prom-client itself gives nothing when one collector throws', async () => {
    const { gauge, registry } = shop();
    gauge('works');
    gauge('throws', () => {
      throw new Error('out of order');
    });
    await expect(registry.getMetricsAsJSON()).rejects.toThrow('out of order');
  });

  it('keeps the default labels of a registry', async () => {
    const { gauge, registry, collection } = shop();
    registry.setDefaultLabels({ shop: 'Jeju' });
    gauge('queue').set(3);
    expect((await collection.collect())[0]!.samples[0]!.labels).toEqual({ shop: 'Jeju' });
  });

  it('has each family once over all registries, and says once which it left out', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const [first, second] = [new Registry(), new Registry()];
    new Gauge({ name: 'queue', help: 'Of the first.', registers: [first] });
    new Gauge({ name: 'queue', help: 'Of the second.', registers: [second] });
    new Counter({ name: 'queue_total', help: 'The same family in OpenMetrics.', registers: [second] });
    new Counter({ name: 'orders_total', help: 'Orders.', registers: [second] });
    const collection = new MetricCollection([first, second], TIMEOUT_MS, new InternalErrors());
    for (let round = 0; round < 2; round++) {
      expect((await collection.collect()).map(({ description }) => description)).toEqual(['Of the first.', 'Orders.']);
    }
    expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('under the same name: queue, queue_total.')]);
  });
});
