import type { ExceptionReport } from './exception-report.js';
import { readThrown } from './thrown-errors.js';

const SERVICE = { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' };

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';

/** A report of an error, as reporters get it. */
export function reportOf(error: unknown, changes: Partial<ExceptionReport> = {}): ExceptionReport {
  const thrown = readThrown(error, { redactText: (text) => text, redactValue: (value) => value });
  return {
    id: crypto.randomUUID().replaceAll('-', ''),
    time: '2026-01-02T03:04:05.678Z',
    mechanism: 'http',
    handled: false,
    logged: false,
    thrown,
    issue: { id: '0123456789abcdef', title: thrown[0].message, culprit: 'bake (oven.js)', state: 'new', count: 1 },
    service: SERVICE,
    request: {
      requestId: 'request-1',
      method: 'GET',
      path: '/pizzas/1',
      route: '/pizzas/:id',
      handler: 'PizzasController.bake',
    },
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    tags: { oven: 'left' },
    ...changes,
  };
}
