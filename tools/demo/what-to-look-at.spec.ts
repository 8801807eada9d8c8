import { expect, it } from 'vitest';
import { readDemoOptions } from './demo-options.ts';
import { whatToLookAt } from './what-to-look-at.ts';

it('gives lines to paste for the slowest trace and for one that failed', () => {
  const slowest = { traceId: 'aaaa', kind: 'server', name: 'POST /api/orders', durationMs: 41.6 };
  const text = whatToLookAt({ slowest, failedTraceId: 'bbbb' }, readDemoOptions([], {}));
  expect(text).toContain('slowest trace (POST /api/orders, 42 ms), in gateway');
  for (const line of [
    "curl -s 'http://127.0.0.1:9700/observations?traceId=aaaa'",
    "curl -s 'http://127.0.0.1:9701/observations?traceId=bbbb'",
    "curl -s 'http://127.0.0.1:9701/metrics' | grep _orders_total",
    "curl -s 'http://127.0.0.1:9701/exceptions'",
    "curl -s 'http://127.0.0.1:9701/audit?outcome=denied&limit=3'",
    "curl -s 'http://127.0.0.1:9701/health/ready'",
  ]) {
    expect(text).toContain(line);
  }
});

it('leaves out what was not found', () => {
  const text = whatToLookAt({ slowest: undefined, failedTraceId: undefined }, readDemoOptions([], {}));
  expect(text).not.toContain('observations');
  expect(text).toContain('/metrics');
});
