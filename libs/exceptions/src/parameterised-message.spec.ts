import { describe, expect, it } from 'vitest';
import { parameterised } from './parameterised-message.js';

describe('a message', () => {
  it.each([
    ['order 42 is gone', 'order <int> is gone'],
    ['took 12.5ms, 3s at most', 'took <duration>, <duration> at most'],
    ['mail to ann@example.org bounced', 'mail to <email> bounced'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED <ip>'],
    ['GET https://shop.example/orders/7?x=1 failed', 'GET <url> failed'],
    ['no order 7c9e6679-7425-40de-944b-e07fc1f90ae7', 'no order <uuid>'],
    ['since 2026-01-02T03:04:05.678Z', 'since <date>'],
    ['trace 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'trace <traceparent>'],
    ['commit 0af7651916cd43dd8448eb211c80319c', 'commit <hex>'],
    ['pi is 3.14159', 'pi is <float>'],
    ['name="ann" is taken', 'name=<quoted> is taken'],
    ['feedback is defaced', 'feedback is defaced'],
  ])('%s is %s', (message, template) => {
    expect(parameterised(message)).toBe(template);
  });

  it('takes time in proportion to its length', () => {
    const startMark = performance.now();
    for (const evil of ['a@', '1.', 'a-', '00-', 'a://', "='"]) parameterised(evil.repeat(50_000));
    expect(performance.now() - startMark).toBeLessThan(1_000);
  });
});
