import { Injectable, Logger } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { type Counter, type Histogram, Gauge, register, Registry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InjectMetric, makeCounterProvider, makeHistogramProvider } from '../index.js';
import { MeasuredApp, OPEN_METRICS_ACCEPT } from '../measured-app.fixture.js';

@Injectable()
class Till {
  constructor(
    @InjectMetric('placed_orders_total') readonly orders: Counter,
    @InjectMetric('order_amount') readonly amount: Histogram,
  ) {}
}

const ORDERS = makeCounterProvider({ name: 'placed_orders_total', help: 'Orders.', labelNames: ['city'] });
const AMOUNT = { name: 'order_amount', help: 'Amounts.', buckets: [10, 100] };
const providers = [ORDERS, makeHistogramProvider({ ...AMOUNT, enableExemplars: true } as never), Till];

afterEach(() => {
  register.clear();
  vi.restoreAllMocks();
});

describe("users' own instruments", () => {
  it('are made and injected as ever, and stand on the page with their exemplars', async () => {
    await using app = await MeasuredApp.start({ providers });
    const till = app.nest.get(Till);
    till.orders.inc({ city: 'Jeju' });
    till.amount.observe({ value: 42, exemplarLabels: { trace_id: 'e'.repeat(32) } } as never);
    expect(await app.value('placed_orders_total', { city: 'Jeju' })).toBe(1);
    const buckets = await app.samples('order_amount_bucket', {}, OPEN_METRICS_ACCEPT);
    expect(buckets.map(({ labels, exemplar }) => [labels['le'], exemplar?.value])).toEqual([
      ['10.0', undefined],
      ['100.0', 42],
      ['+Inf', undefined],
    ]);
  });

  it('leave the default registry as it was when the last app has closed', async () => {
    const before = register.contentType;
    const first = await MeasuredApp.start({ providers, options: { maxSeries: 1 } });
    const { orders } = first.nest.get(Till);
    const second = await MeasuredApp.start();
    await first[Symbol.asyncDispose]();
    expect(register.contentType).toBe(Registry.OPENMETRICS_CONTENT_TYPE);
    await second[Symbol.asyncDispose]();
    expect(register.contentType).toBe(before);
    for (const city of ['Jeju', 'Busan', 'Seoul']) orders.inc({ city });
    expect((await orders.get()).values).toHaveLength(3);
  });

  it('keep their names when OpenMetrics is asked for, then text', async () => {
    await using app = await MeasuredApp.start({ providers });
    app.nest.get(Till).orders.inc({ city: 'Jeju' });
    app.metrics.counter({ name: 'cooked_dishes', description: 'Dishes.' }).inc(2);
    const both = async (accept?: string) => [
      (await app.samples('placed_orders_total', {}, accept))[0]?.value,
      (await app.samples('cooked_dishes_total', {}, accept))[0]?.value,
    ];
    for (const accept of [undefined, OPEN_METRICS_ACCEPT, undefined, OPEN_METRICS_ACCEPT]) {
      expect(await both(accept)).toEqual([1, 2]);
    }
  });

  it("have a control: prom-client's own page loses the names", async () => {
    await using app = await MeasuredApp.start({ providers });
    app.nest.get(Till).orders.inc({ city: 'Jeju' });
    expect(await register.metrics()).toContain('placed_orders_total{city="Jeju"} 1');
    register.setContentType(Registry.PROMETHEUS_CONTENT_TYPE);
    expect(await register.metrics()).not.toContain('placed_orders_total');
  });

  it('are bounded like all others', async () => {
    await using app = await MeasuredApp.start({ providers, options: { maxSeries: 3 } });
    const late = new Gauge({ name: 'late', help: 'Made after the start.', labelNames: ['city'] });
    await app.scrape();
    for (let city = 0; city < 10; city++) {
      app.nest.get(Till).orders.inc({ city: `${city}` });
      late.set({ city: `${city}` }, 1);
    }
    expect(await app.samples('late')).toHaveLength(4);
    const samples = await app.samples('placed_orders_total');
    expect(samples.map(({ labels, value }) => [labels['city'], value])).toEqual([
      ['0', 1],
      ['1', 1],
      ['2', 1],
      ['', 7],
    ]);
    expect(await app.value('observability_metric_overflows_total', { metric: 'placed_orders_total' })).toBe(7);
  });

  it('give way to a metric of the app with the same name', async () => {
    new Gauge({ name: 'target_info', help: 'Of a user.' });
    await using app = await MeasuredApp.start();
    expect((await app.samples('target_info')).map(({ labels }) => labels['service_name'])).toEqual(['kitchen']);
  });
});

describe('with PrometheusModule imported as well', () => {
  it('warns with the reason, and leaves names and prefix on both pages as they are', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const prometheus = PrometheusModule.register({ global: true, customMetricPrefix: 'shop', path: '/page' });
    const prefixed = [ORDERS, makeHistogramProvider(AMOUNT), Till];
    await using app = await MeasuredApp.start({ imports: [prometheus], providers: prefixed });
    expect(warn.mock.calls.flat()).toContainEqual(
      expect.stringMatching(/^PrometheusModule is imported as well\..*Remove PrometheusModule\.register\(\)/),
    );
    app.nest.get(Till).orders.inc({ city: 'Jeju' });
    for (let scrape = 0; scrape < 2; scrape++) {
      expect(await app.value('shop_placed_orders_total')).toBe(1);
      expect(await (await fetch(`${app.url}/page`)).text()).toContain('shop_placed_orders_total{city="Jeju"} 1');
    }
    expect(await app.samples('process_start_time_seconds')).toHaveLength(1);
  });
});
