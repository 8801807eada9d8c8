import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeBackend } from './support/describe-backend.ts';
import { OrdersApp } from './support/orders-app.ts';
import { PrometheusServer } from './support/prometheus-server.ts';

const ORDERS = 3;
const PLACED = '{http_request_method="POST",http_route="/orders",http_response_status_code="201"}';

describeBackend('Prometheus', ['prometheus'], () => {
  let app: OrdersApp;
  let prometheus: PrometheusServer;
  const traceIds: string[] = [];

  beforeAll(async () => {
    app = await OrdersApp.start();
    for (let order = 0; order < ORDERS; order += 1) traceIds.push(await app.placeOrder());
    await fetch(`${app.url}/orders/unknown`);
    prometheus = await PrometheusServer.scraping(new URL(app.managementUrl).host);
  });

  afterAll(async () => {
    await prometheus?.[Symbol.asyncDispose]();
    await app?.[Symbol.asyncDispose]();
  });

  it('counts as many requests as were made', async () => {
    const [placed, ...others] = await prometheus.query(`http_server_request_duration_seconds_count${PLACED}`);
    expect(placed?.value[1]).toBe(`${ORDERS}`);
    expect(others).toEqual([]);
    const unknown = await prometheus.query('http_server_request_duration_seconds_count{http_route="/orders/:id"}');
    expect(unknown.map(({ metric, value }) => [metric['http_response_status_code'], value[1]])).toEqual([['404', '1']]);
  });

  it('keeps the trace of a request as an exemplar', async () => {
    const series = await eventually(async () => {
      const found = await prometheus.exemplars(`http_server_request_duration_seconds_bucket${PLACED}`);
      return found.length > 0 ? found : undefined;
    }, 'exemplar in Prometheus');
    const found = series.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels['trace_id']));
    expect(found.length).toBeGreaterThan(0);
    expect(traceIds).toEqual(expect.arrayContaining(found));
  });

  it('knows the instruments of decorators by their names', async () => {
    expect(await prometheus.query('sum(placed_orders_total)')).toMatchObject([{ value: [expect.anything(), '3'] }]);
    expect(await prometheus.query('sum(order_place_seconds_count)')).toMatchObject([
      { value: [expect.anything(), '3'] },
    ]);
  });

  it('calculates a percentile from the buckets', async () => {
    const [p95] = await prometheus.query(
      `histogram_quantile(0.95, sum by (le) (http_server_request_duration_seconds_bucket${PLACED}))`,
    );
    expect(Number(p95?.value[1])).toBeGreaterThan(0);
    expect(Number(p95?.value[1])).toBeLessThan(10);
  });
});

describeBackend('promtool', ['promtool'], () => {
  const lint = (page: string) => spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });

  it('finds nothing to complain about on the page', async () => {
    await using app = await OrdersApp.start();
    await app.placeOrder();
    const { status, stdout, stderr } = lint(await app.metrics('text/plain'));
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });

  it('complains about a page that breaks the rules', () => {
    const { status, stderr } = lint('# TYPE orders counter\norders 1\n');
    expect(stderr).toContain('counter metrics should have "_total" suffix');
    expect(status).not.toBe(0);
  });
});
