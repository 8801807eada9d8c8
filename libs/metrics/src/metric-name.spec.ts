import { describe, expect, it } from 'vitest';
import { checkLabels } from './metric-label.js';
import { metricName } from './metric-name.js';

describe('metricName', () => {
  it.each([
    ['histogram', 'order.place', 'seconds', 'order_place_seconds'],
    ['histogram', 'order_place_seconds', 'seconds', 'order_place_seconds'],
    ['histogram', 'order_total_amount', undefined, 'order_total_amount'],
    ['counter', 'placed_orders', undefined, 'placed_orders_total'],
    ['counter', 'placed_orders_total', undefined, 'placed_orders_total'],
    ['counter', 'upload', 'bytes', 'upload_bytes_total'],
    ['gauge', 'queue.length', undefined, 'queue_length'],
    ['gauge', 'queue_constructor', undefined, 'queue_constructor'],
  ] as const)('of the %s %s in %s is exposed as %4$s', (kind, name, unit, exposed) => {
    expect(metricName(kind, name, unit)).toBe(exposed);
  });

  it.each([
    ['counter', 'placedOrders', 'Use a name like order.place'],
    ['counter', '1st', 'Use a name like order.place'],
    ['gauge', 'job:errors', 'Use a name like order.place'],
    ['gauge', 'orders_total', 'ends in _total, which says of a gauge that it were a counter'],
    ['histogram', 'order_place_ms', 'Use seconds'],
    ['counter', 'sent_kilobytes_total', 'Use bytes'],
    ['gauge', 'cpu_percent', 'Use ratio'],
    ['gauge', 'orders_count', 'Use another word'],
  ] as const)('refuses the %s %s: %s', (kind, name, complaint) => {
    expect(() => metricName(kind, name)).toThrow(complaint);
  });
});

describe('labels', () => {
  it.each(['trace_id', 'user_id', 'userId', 'request_id', 'email'])('refuse %s, which has too many values', (label) => {
    expect(() => checkLabels('orders', 'gauge', ['city', label], 'Kitchen.cook')).toThrow(
      `MetricRegistry: the label "${label}" that Kitchen.cook gives "orders" has a value for each request or user`,
    );
  });

  it.each([
    ['histogram', 'le'],
    ['summary', 'quantile'],
    ['counter', 'otel_metric_overflow'],
  ] as const)('refuse on a %s the name %s, which the format sets itself', (kind, label) => {
    expect(() => checkLabels('orders', kind, [label])).toThrow('is set by the format itself. Use another name');
  });

  it.each(['__name__', 'no-dash', ''])('refuse the name %j', (label) => {
    expect(() => checkLabels('orders', 'gauge', [label])).toThrow('is no label name');
  });

  it('refuse a name that is there already', () => {
    expect(() => checkLabels('orders', 'gauge', ['city', 'city'])).toThrow(
      '"city" that the code gives "orders" is there',
    );
  });

  it('take what has few values', () => {
    expect(() => checkLabels('orders', 'gauge', ['city', 'le', 'quantile', 'http_route'])).not.toThrow();
  });
});
