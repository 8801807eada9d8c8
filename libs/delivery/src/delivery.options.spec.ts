import { describe, expect, it } from 'vitest';
import { DeliveryQueue } from './delivery-queue.js';
import { DEFAULT_DELIVERY_OPTIONS, resolveDeliveryOptions } from './delivery.options.js';

const send = async (): Promise<void> => {};

describe('resolveDeliveryOptions', () => {
  it('fills in the defaults, also for options that are undefined', () => {
    const resolved = resolveDeliveryOptions({ name: 'spans', send, maxItems: undefined, maxBatch: 7 });
    expect(resolved).toEqual({ ...DEFAULT_DELIVERY_OPTIONS, name: 'spans', send, maxBatch: 7 });
  });

  it.each([
    [{ name: '' }, 'DeliveryQueue: name "" is no name. Give the pipe a short one, such as "spans"'],
    [{ send: undefined }, 'DeliveryQueue "spans": send is of type undefined. Give a function'],
    [{ onTrouble: 7 }, 'DeliveryQueue "spans": onTrouble is of type number. Give a function'],
    [
      { maxItems: 0 },
      'DeliveryQueue "spans": maxItems 0 is not a whole number from 1 to 2147483647. Leave it out for 2048',
    ],
    [
      { deadlineMs: Infinity },
      'DeliveryQueue "spans": deadlineMs Infinity is not a whole number from 1 to 2147483647. Leave it out for 5000',
    ],
    [
      { maxBatch: '9' },
      'DeliveryQueue "spans": maxBatch 9 is not a whole number from 1 to 2147483647. Leave it out for 512',
    ],
  ])('refuses %o', (wrong, message) => {
    expect(() => new DeliveryQueue({ name: 'spans', send, ...wrong } as never)).toThrow(message);
  });
});
