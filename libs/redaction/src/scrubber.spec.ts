import { expect, it } from 'vitest';
import { scrubberOf } from './scrubber.js';

it('copies what stands around an exception, cycles and all, when redaction is switched off', () => {
  const order: Record<string, unknown> = { total: 10n, password: 'plain' };
  order['self'] = order;
  expect(scrubberOf(false).redactValue(order)).toEqual({ total: '10', password: 'plain', self: '[circular]' });
});
