import { Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SeriesLimit } from './series-limit.js';

Logger.overrideLogger(false);
afterEach(() => vi.restoreAllMocks());

const OVERFLOW = { city: '', till: '', otel_metric_overflow: 'true' };
const config = () => ({
  name: 'orders',
  help: 'Orders.',
  labelNames: ['city', 'till'] as const,
  registers: [new Registry()],
});
const labels = (index: number) => ({ city: 'Jeju', till: `till ${index}` });
const range = (count: number): number[] => [...Array(count).keys()];

async function series(metric: { get(): Promise<{ values: object[] }> }) {
  const { values } = await metric.get();
  return values as { metricName?: string; labels: Record<string, string | number>; value: number }[];
}

describe('SeriesLimit', () => {
  it('folds label sets beyond the limit into one series, so that the total stays right', async () => {
    const counter = new Counter(config());
    const limit = new SeriesLimit(counter, 3);
    for (const index of range(10)) counter.inc(labels(index), 2);
    counter.inc(labels(0));
    const all = await series(counter);
    expect(all.map(({ value }) => value)).toEqual([3, 2, 2, 14]);
    expect(all.at(-1)!.labels).toEqual(OVERFLOW);
    expect(limit.overflows).toBe(7);
  });

  it('has a control: without it every label set is a series', async () => {
    const counter = new Counter(config());
    for (const index of range(10)) counter.inc(labels(index), 2);
    expect(await series(counter)).toHaveLength(10);
  });

  it('holds for each way of writing to a gauge', async () => {
    const gauge = new Gauge(config());
    const limit = new SeriesLimit(gauge, 1);
    gauge.set(labels(0), 7);
    gauge.inc(labels(1));
    gauge.inc(labels(2), 4);
    gauge.labels('Jeju', 'till 3').dec(2);
    expect((await series(gauge)).map(({ value }) => value)).toEqual([7, 3]);
    gauge.set(labels(4), 9);
    expect((await series(gauge)).map(({ value }) => value)).toEqual([7, 9]);
    expect(limit.overflows).toBe(4);
  });

  it.each([false, true])('holds for each way of writing to a histogram, with exemplars %s', async (enableExemplars) => {
    const registers = [new Registry()];
    if (enableExemplars) registers[0]!.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
    const histogram = new Histogram({ ...config(), registers, enableExemplars, buckets: [1, 2] });
    const limit = new SeriesLimit(histogram, 2);
    for (const index of range(5)) {
      const sample = { labels: labels(index), value: 1.5, exemplarLabels: { trace_id: `${index}` } };
      if (enableExemplars) histogram.observe(sample as never);
      else histogram.observe(sample.labels, sample.value);
    }
    histogram.labels('Jeju', 'till 9').observe(0.5);
    histogram.zero(labels(10));
    const counts = (await series(histogram)).filter(({ metricName }) => metricName === 'orders_count');
    expect(counts.map(({ value }) => value)).toEqual([1, 1, 4]);
    expect(counts.at(-1)!.labels).toEqual(OVERFLOW);
    expect(limit.overflows).toBe(4);
  });

  it('holds for a summary', async () => {
    const summary = new Summary({ ...config(), percentiles: [0.5] });
    new SeriesLimit(summary, 1);
    for (const index of range(4)) summary.observe(labels(index), index);
    const counts = (await series(summary)).filter(({ metricName }) => metricName === 'orders_count');
    expect(counts.map(({ value }) => value)).toEqual([1, 3]);
  });

  it('has room again for series that were removed or reset', async () => {
    const counter = new Counter(config());
    const limit = new SeriesLimit(counter, 2);
    for (const index of range(2)) counter.inc(labels(index));
    counter.remove(labels(0));
    counter.inc(labels(2));
    expect((await series(counter)).map(({ labels: { till } }) => till)).toEqual(['till 1', 'till 2']);
    counter.reset();
    for (const index of range(3)) counter.inc(labels(index));
    expect(await series(counter)).toHaveLength(3);
    expect(limit.overflows).toBe(1);
  });

  it('warns once, and names the label that has the many values', () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const counter = new Counter(config());
    new SeriesLimit(counter, 3);
    for (const index of range(20)) counter.inc(labels(index));
    counter.reset();
    for (const index of range(20)) counter.inc(labels(index));
    expect(warn.mock.calls).toEqual([
      [
        '"orders" has 3 series; new label sets are counted under otel_metric_overflow="true" from now on. ' +
          'Its label "till" has 3 values: leave it out, or raise metrics.maxSeries.',
      ],
    ]);
  });

  it('leaves the metric as it was when it is released', async () => {
    const counter = new Counter(config());
    const limit = new SeriesLimit(counter, 2);
    for (const index of range(4)) counter.inc(labels(index));
    limit.release();
    for (const index of range(4)) counter.inc(labels(index));
    expect((await series(counter)).map(({ value }) => value)).toEqual([2, 2, 2, 1, 1]);
  });
});
