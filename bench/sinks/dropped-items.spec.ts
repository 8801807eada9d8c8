import { expect, it } from 'vitest';
import { droppedItems } from './dropped-items.ts';

it('tells which pipe dropped how much and why, and nothing of what arrived', () => {
  const page = [
    '# TYPE observability_delivery_items_total counter',
    'observability_delivery_items_total{pipe="spans_otlp",outcome="delivered",reason=""} 2560',
    'observability_delivery_items_total{pipe="spans_otlp",outcome="dropped",reason="queue_full"} 3584',
    'observability_delivery_items_total{pipe="logs",outcome="dropped",reason="buffer_full"} 0',
    '',
  ].join('\n');
  expect(droppedItems(page)).toEqual(['spans_otlp dropped 3584 (queue_full)']);
});
