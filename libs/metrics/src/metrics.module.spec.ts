import { Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import perfHooks from 'node:perf_hooks';
import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ManagementEndpoints } from '#management';
import { leaveProcess, Observations } from '#observation';
import { Counted } from './counted.decorator.js';
import { ADAPTERS, MeasuredApp, OPEN_METRICS_ACCEPT } from './measured-app.fixture.js';
import { MetricRegistry } from './metric-registry.js';
import { MetricsModule } from './metrics.module.js';

@Injectable()
class Kitchen {
  @Counted({ name: 'dishes', countOn: 'success' })
  cook(): string {
    return 'fish';
  }
}

describe.each(ADAPTERS)('MetricsModule on %s', (_, adapter) => {
  it('answers in the format that is asked for', async () => {
    await using app = await MeasuredApp.start({ adapter: adapter() });
    const text = await app.scrape();
    expect([text.status, text.headers.get('content-type'), text.headers.get('vary')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'accept',
    ]);
    const open = await app.scrape(OPEN_METRICS_ACCEPT);
    expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect((await open.text()).endsWith('\n# EOF\n')).toBe(true);
    expect((await text.text()).includes('# EOF')).toBe(false);
  });

  it('tells of the service, of Node and of faults of its own, in both formats', async () => {
    await using app = await MeasuredApp.start({ adapter: adapter() });
    app.observations.internalErrors.record('oven', new Error('out of order'));
    for (const accept of [undefined, OPEN_METRICS_ACCEPT]) {
      const [info] = await app.samples('target_info', {}, accept);
      expect(info).toEqual({
        name: 'target_info',
        labels: {
          service_name: 'kitchen',
          service_version: '1.2.3',
          deployment_environment_name: 'test',
          service_instance_id: 'one',
        },
        value: 1,
      });
      const errors = await app.samples('observability_internal_errors_total', {}, accept);
      expect(errors.map(({ labels, value }) => [labels['component'], value])).toEqual([
        ['metrics', 0],
        ['oven', 1],
      ]);
      for (const name of [
        'process_cpu_seconds_total',
        'nodejs_heap_size_used_bytes',
        'nodejs_eventloop_lag_p99_seconds',
      ]) {
        expect(await app.samples(name, {}, accept)).toHaveLength(1);
      }
    }
  });
});

describe('MetricsModule', () => {
  it('keeps two apps of one process apart', async () => {
    await using first = await MeasuredApp.start({ providers: [Kitchen], service: 'first' });
    await using second = await MeasuredApp.start({ providers: [Kitchen], service: 'second' });
    first.nest.get(Kitchen).cook();
    first.nest.get(Kitchen).cook();
    second.nest.get(Kitchen).cook();
    expect([await first.value('dishes_total'), await second.value('dishes_total')]).toEqual([2, 1]);
    expect(await second.value('target_info', { service_name: 'second' })).toBe(1);
    expect(await second.samples('process_cpu_seconds_total')).toHaveLength(1);
  });

  it('folds label sets beyond the limit and says of which metric', async () => {
    await using app = await MeasuredApp.start({ options: { maxSeries: 5 } });
    const counter = app.metrics.counter({ name: 'orders', description: 'Orders.', labels: ['city'] });
    for (let city = 0; city < 12; city++) counter.inc({ city: `${city}` });
    expect(await app.samples('orders_total')).toHaveLength(6);
    expect(await app.value('orders_total', { otel_metric_overflow: 'true' })).toBe(7);
    expect(await app.value('observability_metric_overflows_total', { metric: 'orders_total' })).toBe(7);
  });

  it('shows the rest when a collector hangs, and counts the fault', async () => {
    await using app = await MeasuredApp.start({ options: { collectTimeoutMs: 50 } });
    app.metrics.gauge({ name: 'queue_length', description: 'Waiting.', collect: () => new Promise(() => {}) });
    expect(await app.samples('queue_length')).toEqual([]);
    expect(await app.value('observability_internal_errors_total', { component: 'metrics' })).toBe(1);
  });

  it('stops what it started for the metrics of Node when the app closes', async () => {
    const { monitorEventLoopDelay, PerformanceObserver } = perfHooks;
    const stopped: string[] = [];
    perfHooks.monitorEventLoopDelay = (options) => {
      const monitor = monitorEventLoopDelay(options);
      const disable = monitor.disable.bind(monitor);
      return Object.assign(monitor, { disable: () => (stopped.push('monitor'), disable()) });
    };
    perfHooks.PerformanceObserver = class extends PerformanceObserver {
      override disconnect(): void {
        stopped.push('observer');
        super.disconnect();
      }
    };
    const given = { ...perfHooks };
    const app = await MeasuredApp.start();
    expect([perfHooks.monitorEventLoopDelay, perfHooks.PerformanceObserver]).toEqual([
      given.monitorEventLoopDelay,
      given.PerformanceObserver,
    ]);
    expect(stopped).toEqual([]);
    await app[Symbol.asyncDispose]();
    Object.assign(perfHooks, { monitorEventLoopDelay, PerformanceObserver });
    expect(stopped.sort()).toEqual(['monitor', 'observer']);
  });

  it('has nothing but counters under the names of counters', async () => {
    await using app = await MeasuredApp.start();
    const misnamed = (await app.families()).filter(({ name, type }) => name.endsWith('_total') && type !== 'counter');
    expect(misnamed).toEqual([]);
  });

  it('leaves Node out on demand', async () => {
    await using app = await MeasuredApp.start({ options: { runtime: false } });
    expect((await app.families()).map(({ name }) => name).filter((name) => /^(process|nodejs)_/.test(name))).toEqual(
      [],
    );
  });

  it('works without HTTP', async () => {
    const context = await NestFactory.createApplicationContext(MetricsModule.forRoot(), { logger: false });
    expect(
      context
        .get(ManagementEndpoints)
        .list()
        .map(({ path }) => path),
    ).toEqual(['/metrics']);
    await context.close();
    leaveProcess(context.get(Observations));
  });

  it('refuses wrong options at start', async () => {
    await expect(MeasuredApp.start({ options: { maxSeries: -1 } })).rejects.toThrow(
      'MetricsModule: maxSeries is -1. Use a whole number from 1 up.',
    );
  });
});

describe('MetricsModule that is switched off', () => {
  it('gives instruments that work, and shows, measures and changes nothing', async () => {
    const contentType = register.contentType;
    await using app = await MeasuredApp.start({ options: false, providers: [Kitchen] });
    expect((await app.scrape()).status).toBe(404);
    expect(register.contentType).toBe(contentType);
    expect(app.nest.get(Kitchen).cook()).toBe('fish');
    const metrics = app.nest.get(MetricRegistry);
    metrics.counter({ name: 'orders', description: 'Orders.' }).inc(3);
    const families = await metrics.instruments.getMetricsAsJSON();
    expect(families.map(({ name, values }) => [name, values[0]?.value])).toEqual([['orders_total', 3]]);
  });
});
