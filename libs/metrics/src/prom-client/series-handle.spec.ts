import { Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, type RegistryContentType } from 'prom-client';
import { describe, expect, it, vi } from 'vitest';
import { CounterSeries } from './counter-series.js';
import { GaugeSeries } from './gauge-series.js';
import { HistogramSeries } from './histogram-series.js';
import { SeriesLimit } from './series-limit.js';
import { SeriesTree } from './series-tree.js';

Logger.overrideLogger(false);

const LABELS = ['till', 'city'];
const MAX_SERIES = 4;

/** Both ways of writing to one kind of metric, and all that becomes of it. */
interface Written {
  write(till: number, value: number, trace?: string): void;
  readonly metric: Counter | Gauge | Histogram;
  readonly limit: SeriesLimit;
}

const config = () => {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return { name: 'orders', help: 'Orders.', labelNames: LABELS, registers: [registry as Registry] };
};
const labels = (till: number) => ({ till, city: 'Jeju' });
const exemplar = (trace?: string) => trace && { trace_id: trace, span_id: 'b'.repeat(16) };

const KINDS: Record<string, (byHandle: boolean) => Written> = {
  counter: (byHandle) => {
    const metric = new Counter({ ...config(), enableExemplars: true });
    const limit = new SeriesLimit(metric, MAX_SERIES);
    const series = new SeriesTree(metric, LABELS, CounterSeries);
    const write: Written['write'] = (till, _, trace) =>
      byHandle
        ? series.of(till, 'Jeju').inc(exemplar(trace) as never)
        : metric.inc({ labels: labels(till), exemplarLabels: exemplar(trace) } as never);
    return { metric, limit, write };
  },
  gauge: (byHandle) => {
    const metric = new Gauge(config());
    const limit = new SeriesLimit(metric, MAX_SERIES);
    const series = new SeriesTree(metric, LABELS, GaugeSeries);
    const write: Written['write'] = (till, value) =>
      byHandle ? series.of(till, 'Jeju').add(value) : metric.inc(labels(till), value);
    return { metric, limit, write };
  },
  histogram: (byHandle) => {
    const metric = new Histogram({ ...config(), enableExemplars: true, buckets: [0.005, 0.5, 1, 2] });
    const limit = new SeriesLimit(metric, MAX_SERIES);
    const series = new SeriesTree(metric, LABELS, HistogramSeries);
    const write: Written['write'] = (till, value, trace) =>
      byHandle
        ? series.of(till, 'Jeju').observe(value, exemplar(trace) as never)
        : metric.observe({ labels: labels(till), value, exemplarLabels: exemplar(trace) } as never);
    return { metric, limit, write };
  },
};

/** A row of numbers from 0 up to 1 that is the same in each run. */
function* numbers(): Generator<number> {
  for (let state = 1; ; state = (state * 48_271) % 2_147_483_647) yield state / 2_147_483_647;
}

/** Writes, and now and then takes series away under the writer's feet. */
async function shownAfter({ metric, limit, write }: Written): Promise<unknown[]> {
  const shown: unknown[] = [];
  const random = numbers();
  const next = (): number => random.next().value as number;
  for (let round = 0; round < 2_000; round += 1) {
    const till = Math.floor(next() * 7);
    const chance = next();
    if (chance < 0.005) metric.reset();
    else if (chance < 0.02) metric.remove(String(till), 'Jeju');
    else if (chance < 0.03 && metric instanceof Histogram) metric.zero(labels(till));
    else write(till, next() * 3, next() < 0.5 ? `${round}`.padStart(32, '0') : undefined);
    if (round % 50 === 0) shown.push(structuredClone((await metric.get()).values), limit.overflows);
  }
  return shown;
}

describe.each(Object.entries(KINDS))('a handle of a %s', (_, open) => {
  it('shows what prom-client shows by itself, also when series overflow, are removed or are reset', async () => {
    vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] });
    try {
      const shown = await shownAfter(open(true));
      expect(shown).toEqual(await shownAfter(open(false)));
      expect(JSON.stringify(shown)).toContain('otel_metric_overflow');
    } finally {
      vi.useRealTimers();
    }
  });

  it('writes without prom-client once there is a series', () => {
    const { metric, write } = open(true);
    write(1, 1, 'a'.repeat(32));
    const inc = vi.spyOn(metric as Counter, 'inc' in metric ? 'inc' : ('observe' as 'inc'));
    write(1, 1, 'a'.repeat(32));
    expect(inc).not.toHaveBeenCalled();
    write(2, 1);
    expect(inc).toHaveBeenCalledOnce();
  });
});

describe('a handle', () => {
  it('refuses a sample that is no number, as prom-client does', () => {
    const { write } = KINDS['histogram']!(true);
    write(1, 1);
    expect(() => write(1, Number.NaN)).toThrow('not a valid number');
  });

  it('writes to a series without labels', async () => {
    const counter = new Counter({ ...config(), labelNames: [], enableExemplars: true });
    const series = new SeriesTree(counter, [], CounterSeries);
    for (let round = 0; round < 3; round += 1) series.of().inc();
    expect((await counter.get()).values).toEqual([{ labels: {}, value: 3 }]);
  });

  it('is found by values in the order that its writer names, whatever the order of the metric', async () => {
    const gauge = new Gauge(config());
    new SeriesTree(gauge, ['city', 'till'], GaugeSeries).of('Jeju', 3).add(1);
    expect((await gauge.get()).values).toEqual([{ labels: { city: 'Jeju', till: 3 }, value: 1 }]);
  });

  it('is made anew after thousands of others, and goes on with its series', async () => {
    const counter = new Counter({ ...config(), enableExemplars: true });
    const series = new SeriesTree(counter, LABELS, CounterSeries);
    const first = series.of(0, 'Jeju');
    expect(series.of(0, 'Jeju')).toBe(first);
    first.inc();
    for (let till = 1; till <= 5_000; till += 1) series.of(till, 'Jeju');
    expect(series.of(0, 'Jeju')).not.toBe(first);
    series.of(0, 'Jeju').inc();
    expect((await counter.get()).values).toEqual([{ labels: labels(0), value: 2 }]);
  });
});
