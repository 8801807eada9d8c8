import { describe, expect, it } from 'vitest';
import { InternalErrors } from '#observation';
import { MetricRegistry } from './metric-registry.js';
import { MetricCollection } from './prom-client/metric-collection.js';

const collect = async (metrics: MetricRegistry) =>
  new MetricCollection([metrics.instruments], 1_000, new InternalErrors()).collect();

describe('MetricRegistry', () => {
  it('makes an instrument once, and gives it again to whoever asks for the same', () => {
    const metrics = new MetricRegistry();
    const first = metrics.counter({ name: 'placed.orders', description: 'Orders.', labels: ['city', 'till'] });
    expect(metrics.counter({ name: 'placed_orders_total', description: 'Others.', labels: ['till', 'city'] })).toBe(
      first,
    );
  });

  it('gives instruments of prom-client, with their own ways of writing', async () => {
    const metrics = new MetricRegistry();
    metrics
      .counter({ name: 'orders', description: 'Orders.', labels: ['city'] })
      .labels('Jeju')
      .inc(2);
    metrics.gauge({ name: 'queue_length', description: 'Waiting.' }).set(5);
    metrics.histogram({ name: 'amount', description: 'Amounts.', buckets: [10, 100] }).observe(42);
    metrics.summary({ name: 'size', unit: 'bytes', description: 'Sizes.', quantiles: [0.5] }).observe(1_000);
    const families = await collect(metrics);
    expect(
      families.map(({ name, kind, samples }) => [name, kind, samples.map(({ suffix, value }) => suffix + value)]),
    ).toEqual([
      ['orders_total', 'counter', ['2']],
      ['queue_length', 'gauge', ['5']],
      ['amount', 'histogram', ['_bucket0', '_bucket1', '_bucket1', '_sum42', '_count1']],
      ['size_bytes', 'summary', ['1000', '_sum1000', '_count1']],
    ]);
  });

  it('refuses the same name with other labels, and names both places', () => {
    const metrics = new MetricRegistry();
    metrics.counter({ name: 'orders', description: 'Orders.', labels: ['city'], declaredBy: 'Kitchen.cook' });
    const again = () => metrics.counter({ name: 'orders', description: 'Orders.', labels: ['till'] });
    expect(again).toThrow(
      /^MetricRegistry: "orders_total" is a counter, with the labels city, declared by Kitchen\.cook, but again \(.*metric-registry\.spec\.ts:\d+:\d+\) wants it to be a counter, with the labels till\. Give one of them a name of its own\.$/,
    );
  });

  it.each([
    ['kind', (metrics: MetricRegistry) => metrics.gauge({ name: 'amount', description: 'A.' })],
    ['kind of the same family', (metrics: MetricRegistry) => metrics.counter({ name: 'amount', description: 'A.' })],
    ['buckets', (metrics: MetricRegistry) => metrics.histogram({ name: 'amount', description: 'A.', buckets: [1, 3] })],
    [
      'way of writing',
      (metrics: MetricRegistry) =>
        metrics.histogram({ name: 'amount', description: 'A.', buckets: [1, 2], exemplars: true }),
    ],
  ])('refuses the same name with another %s', (_, ask) => {
    const metrics = new MetricRegistry();
    metrics.histogram({ name: 'amount', description: 'A.', buckets: [1, 2] });
    expect(() => ask(metrics)).toThrow('Give one of them a name of its own.');
  });

  it('refuses labels and names that break the rules, and buckets that do not ascend', () => {
    const metrics = new MetricRegistry();
    expect(() => metrics.gauge({ name: 'orders', description: 'Orders.', labels: ['user_id'] })).toThrow('"user_id"');
    expect(() => metrics.gauge({ name: 'orders_total', description: 'Orders.' })).toThrow('ends in _total');
    expect(() => metrics.histogram({ name: 'amount', description: 'Amounts.', buckets: [2, 1] })).toThrow(
      'MetricRegistry: the buckets of "amount" are [2,1]. Use numbers that ascend, like [0.1, 0.5, 1].',
    );
  });

  it.each([
    [{ maxSeries: 0 }, 'MetricsModule: maxSeries is 0. Use a whole number from 1 up.'],
    [{ collectTimeoutMs: 1.5 }, 'MetricsModule: collectTimeoutMs is 1.5. Use a whole number from 1 up.'],
    [{ buckets: [] }, 'MetricsModule: buckets are []. Use numbers that ascend, like [0.1, 0.5, 1].'],
  ])('refuses the options %j', (options, message) => {
    expect(() => new MetricRegistry(options)).toThrow(message);
  });
});
