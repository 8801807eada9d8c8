import { expect, it } from 'vitest';
import { logQuery } from './log-query.js';

it('gives all that was asked for as parameters, and none of it as SQL', () => {
  const asked = { actor: "o'hara", target: 'order:17', action: 'cancel', outcome: 'denied', before: 4711, limit: 815 };
  const { text, values } = logQuery('orders', asked as Parameters<typeof logQuery>[1]);
  expect(values).toEqual([
    'orders',
    "o'hara",
    'cancel',
    'cancel',
    'denied',
    4711,
    '[{"id":"order:17"}]',
    '[{"type":"order","id":"17"}]',
    816,
  ]);
  expect(text).not.toMatch(/hara|17|denied|4711|81[56]/);
  expect(text.match(/\$\d+/g)).toEqual(values.map((_, index) => `$${index + 1}`));
});
