import { expect, it } from 'vitest';
import { describeMetricFormat } from '../metric-format.contract.js';
import { PROMETHEUS_TEXT } from './prometheus-text.format.js';

describeMetricFormat(PROMETHEUS_TEXT, (counter) => counter);

it('Prometheus text prints HELP, TYPE and samples, and no exemplar', () => {
  const exemplar = { labels: { trace_id: 'abc' }, value: 1, timestampSeconds: 1_764_000_000.5 };
  const text = PROMETHEUS_TEXT.print([
    {
      name: 'placed_orders_total',
      kind: 'counter',
      description: 'Orders that "customers" placed.',
      samples: [{ suffix: '', labels: { city: 'Jeju', till: 'a"b' }, value: 3, exemplar }],
    },
    { name: 'queue_length', kind: 'gauge', description: 'Waiting.', samples: [{ suffix: '', labels: {}, value: 0 }] },
  ]);
  expect(text).toBe(
    [
      '# HELP placed_orders_total Orders that "customers" placed.',
      '# TYPE placed_orders_total counter',
      String.raw`placed_orders_total{city="Jeju",till="a\"b"} 3`,
      '# HELP queue_length Waiting.',
      '# TYPE queue_length gauge',
      'queue_length 0',
      '',
    ].join('\n'),
  );
});
