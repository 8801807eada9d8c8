import { describe, expect, it } from 'vitest';
import { culpritOf, fingerprintOf } from './exception-fingerprint.js';
import { scrubberOf } from '#redaction';
import { readThrown } from './thrown-errors.js';

const APP = 'file:///srv/app/dist/orders';
const BUG = [
  `at OrdersService.price (${APP}/orders.service.js:10:11)`,
  `at async OrdersController.read (${APP}/orders.controller.js:20:12)`,
  'at async /srv/app/node_modules/@nestjs/core/router/router-proxy.js:8:17',
  'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
];

function thrown(
  frames: readonly string[] = BUG,
  { Type = TypeError as ErrorConstructor, message = 'x is undefined', cause = undefined as unknown } = {},
): Error {
  const error = new Type(message, cause === undefined ? undefined : { cause });
  error.stack = [`${error.name}: ${message}`, ...frames.map((frame) => `    ${frame}`)].join('\n');
  return error;
}

const idOf = (error: unknown, given?: string): string => fingerprintOf(readThrown(error, scrubberOf({})), given).id;
const change = (from: string | RegExp, to: string): string[] => BUG.map((line) => line.replace(from, to));
const inside = (place: number, ...lines: string[]): string[] => BUG.toSpliced(place, 0, ...lines);

describe('a fingerprint is the same', () => {
  it.each<[string, unknown, unknown]>([
    ['on other lines of the source', thrown(), thrown(change(/:\d+:\d+\)/, ':99:1)'))],
    ['in another folder', thrown(), thrown(change(APP, 'file:///opt/release-7/orders'))],
    ['on Windows', thrown(), thrown(change(`${APP}/`, 'C:\\app\\dist\\orders\\'))],
    ['with another message', thrown(), thrown(BUG, { message: 'y is undefined' })],
    [
      'with a message that looks like frames',
      thrown(),
      thrown(BUG, { message: 'x\n    at evil (/srv/app/evil.js:1:1)' }),
    ],
    ['with other packages on the way', thrown(), thrown(inside(2, 'at /srv/app/node_modules/rxjs/Subscriber.js:3:4'))],
    ['however deep it recursed', thrown(inside(1, BUG[0]!)), thrown(inside(1, BUG[0]!, BUG[0]!, BUG[0]!))],
    ['called by another name', thrown(), thrown(change('OrdersService.price', 'Object.price [as tax]'))],
    [
      'without frames, for messages with other values',
      thrown([], { message: 'order 41 of a@b.example is gone' }),
      thrown([], { message: 'order 42 of c@d.example is gone' }),
    ],
    ['for texts with other values', 'job 17 failed', 'job 18 failed'],
    ['with the same cause', thrown(BUG, { cause: thrown() }), thrown(change(':10:11', ':12:1'), { cause: thrown() })],
  ])('%s', (_title, one, other) => {
    expect(idOf(one)).toBe(idOf(other));
  });

  it('for whatever the program says is the same', () => {
    expect(idOf(thrown(), 'payment')).toBe(idOf('something else', 'payment'));
    expect(idOf(thrown(), 'payment')).not.toBe(idOf(thrown(), 'stock'));
  });
});

describe('a fingerprint is another one', () => {
  it.each<[string, unknown]>([
    ['of another type', thrown(BUG, { Type: RangeError as ErrorConstructor })],
    ['from another function', thrown(change('price', 'tax'))],
    ['from another file', thrown(change('orders.service.js', 'stock.service.js'))],
    ['by another caller', thrown(change('OrdersController.read', 'OrdersController.list'))],
    ['with a cause', thrown(BUG, { cause: thrown() })],
    ['with other errors in it', Object.assign(thrown(), { errors: [thrown([])] })],
    ['without frames', thrown([])],
  ])('%s', (_title, other) => {
    expect(idOf(other)).not.toBe(idOf(thrown()));
  });
});

describe('a grouping', () => {
  it.each<[string, unknown, object]>([
    ['app-frames', thrown(), { parts: ['TypeError', 'orders.service.js price', 'orders.controller.js read'] }],
    [
      'all-frames',
      thrown(BUG.slice(2)),
      { parts: ['TypeError', 'router-proxy.js', 'task_queues processTicksAndRejections'] },
    ],
    ['message', thrown([], { message: 'order 42 is gone' }), { parts: ['TypeError', 'order <int> is gone'] }],
  ])('says that it is by %s, and by which', (by, error, parts) => {
    expect(fingerprintOf(readThrown(error, scrubberOf({}))).grouping).toEqual({ version: 1, by, ...parts });
  });
});

describe('what was thrown', () => {
  it('comes from the innermost frame of the program', () => {
    expect(culpritOf(readThrown(thrown(), scrubberOf({}))[0])).toBe('OrdersService.price (orders.service.js)');
  });

  it.each<[string, () => unknown]>([
    [
      'a cause that is its own',
      () => {
        const error = thrown();
        error.cause = error;
        return error;
      },
    ],
    [
      'a getter that throws',
      () =>
        Object.defineProperty(thrown(), 'message', {
          get: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            get: () => {
              throw new Error('no');
            },
            getPrototypeOf: () => {
              throw new Error('no');
            },
          },
        ),
    ],
    ['nothing', () => undefined],
    ['null', () => null],
    ['a symbol', () => Symbol('x')],
    ['an object without prototype', () => Object.create(null) as unknown],
    ['a thousand errors in one', () => new AggregateError(Array.from({ length: 1_000 }, () => thrown()))],
  ])('is read although it is %s', (_title, make) => {
    const read = readThrown(make(), scrubberOf({}));
    expect(read.length).toBeGreaterThanOrEqual(1);
    expect(read.length).toBeLessThanOrEqual(10);
    expect(fingerprintOf(read).id).toMatch(/^[0-9a-f]{16}$/);
  });
});
