import { describe, expect, it } from 'vitest';
import type { Exemplar, MetricFamily } from '../metric-family.js';
import { describeMetricFormat } from '../metric-format.contract.js';
import { OPEN_METRICS } from './open-metrics.format.js';

describeMetricFormat(OPEN_METRICS, (counter) => counter.replace(/_total$/, ''));

const exemplar: Exemplar = {
  labels: { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7' },
  value: 0.7,
  timestampSeconds: 1_764_000_000.25,
};

const DURATION: MetricFamily = {
  name: 'order_place_seconds',
  kind: 'histogram',
  description: 'How long it took.',
  samples: [
    { suffix: '_bucket', labels: { le: 1 }, value: 1, exemplar },
    { suffix: '_bucket', labels: { le: '+Inf' }, value: 1 },
    { suffix: '_sum', labels: {}, value: 0.7, exemplar },
    { suffix: '_count', labels: {}, value: 1, exemplar },
  ],
};

describe('OpenMetrics', () => {
  it('tells the unit, writes bounds in their one form, lets only buckets point to traces, and ends with EOF', () => {
    expect(OPEN_METRICS.print([DURATION])).toBe(
      [
        '# TYPE order_place_seconds histogram',
        '# UNIT order_place_seconds seconds',
        '# HELP order_place_seconds How long it took.',
        'order_place_seconds_bucket{le="1.0"} 1 # {trace_id="4bf92f3577b34da6a3ce929d0e0e4736",span_id="00f067aa0ba902b7"} 0.7 1764000000.25',
        'order_place_seconds_bucket{le="+Inf"} 1',
        'order_place_seconds_sum 0.7',
        'order_place_seconds_count 1',
        '# EOF',
        '',
      ].join('\n'),
    );
  });

  it.each(['placed_orders_total', 'placed_orders'])('calls the family of the counter %s placed_orders', (name) => {
    const samples = [{ suffix: '', labels: {}, value: 3, exemplar: { ...exemplar, value: 1 } }];
    expect(OPEN_METRICS.print([{ name, kind: 'counter', description: 'Orders.', samples }])).toBe(
      [
        '# TYPE placed_orders counter',
        '# HELP placed_orders Orders.',
        'placed_orders_total 3 # {trace_id="4bf92f3577b34da6a3ce929d0e0e4736",span_id="00f067aa0ba902b7"} 1 1764000000.25',
        '# EOF',
        '',
      ].join('\n'),
    );
  });

  it('tells the unit of a counter from the name of its family', () => {
    const family = { name: 'process_cpu_seconds_total', kind: 'counter', description: 'CPU.', samples: [] };
    expect(OPEN_METRICS.print([family])).toContain('# UNIT process_cpu_seconds seconds\n');
  });

  it.each([
    [128, 'prints'],
    [129, 'leaves out'],
  ])('with %i characters %s an exemplar', (characters, verb) => {
    const labels = { id: '주'.repeat(characters - 2) };
    const [first, ...rest] = DURATION.samples;
    const samples = [{ ...first!, exemplar: { ...exemplar, labels } }, ...rest];
    expect(OPEN_METRICS.print([{ ...DURATION, samples }]).includes(' # {')).toBe(verb === 'prints');
  });
});
