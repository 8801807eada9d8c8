import { describe, expect, it } from 'vitest';
import { LoggedApp, type Line } from './logged-app.fixture.js';
import { PricesService } from './logged-orders.fixture.js';

type Log = (message: unknown, ...rest: unknown[]) => void;

/** Logs with each kind of logger, inside a request, and gives the lines. */
async function logged(log: (info: Log) => void, options = {}): Promise<{ lines: Line[]; raw: string[]; id: string }> {
  await using app = await LoggedApp.start({ traced: true, ...options });
  const { pino } = app.nest.get(PricesService);
  const child = pino.logger.child({});
  const original = PricesService.prototype.price;
  PricesService.prototype.price = () => {
    for (const info of [
      (...all) => pino.info(all[0], ...(all.slice(1) as string[])),
      child.info.bind(child),
    ] as Log[]) {
      log(info);
    }
    return Promise.resolve(1);
  };
  try {
    const { response, lines } = await app.ask('/orders/price/oil');
    const id = response.headers.get('x-request-id')!;
    const raw = app.raw.filter((line) => line.includes(id));
    return { lines: lines.filter(({ context }) => context !== 'AccessLog' && context !== 'OrdersController'), raw, id };
  } finally {
    PricesService.prototype.price = original;
  }
}

const FORGED = {
  level: 60,
  time: 1,
  msg: 'forged',
  service: 'forged',
  context: 'forged',
  trace_id: 'forged',
  span_id: 'forged',
  trace_flags: 'forged',
  request_id: 'forged',
  pid: 0,
  hostname: 'forged',
};

describe('a logged object', () => {
  it('cannot say in its own name what a line says of itself', async () => {
    const { lines, raw, id } = await logged((info) => {
      info(FORGED, 'true');
      info(JSON.parse('{"__proto__":{"level":60},"constructor":{"prototype":{"p":1}}}'), 'true');
    });
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      expect(line).toMatchObject({
        level: 30,
        msg: 'true',
        service: 'order',
        request_id: id,
        trace_id: 'ab'.repeat(16),
      });
    }
    const kept = Object.entries(FORGED).map(([name, value]) => [`data.${name}`, value]);
    expect(lines[0]).toMatchObject(Object.fromEntries(kept));
    expect(({} as { p?: number }).p).toBeUndefined();
    // A parser keeps one of several fields of the same name, so a line with any would get shorter.
    for (const line of raw) expect(`${JSON.stringify(JSON.parse(line))}\n`).toBe(line);
  });

  it('that throws when it is read costs its content and not the request', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const deep = Array.from({ length: 100_000 }).reduce<object>((inner) => ({ inner }), {});
    const hostile = [
      proxy,
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('trap');
          },
        },
      ),
      {
        get bad(): never {
          throw new Error('getter');
        },
      },
      {
        toJSON(): never {
          throw new Error('toJSON');
        },
      },
      circular,
      deep,
      { toString: null, message: Symbol('s'), big: 1n },
      Object.create(null),
    ];
    const { lines } = await logged((info) => {
      for (const value of hostile) {
        info(value);
        info(value, 'said');
        info('shown %s', value);
        info({ nested: value });
      }
    });
    expect(lines).toHaveLength(2 * 4 * hostile.length);
    expect(lines.filter(({ msg }) => msg === 'said')).toHaveLength(2 * hostile.length);
  });

  it('stays one line of one kind of JSON whatever its texts hold', async () => {
    const text = 'a\r\n{"level":60,"msg":"forged"}\u001b[2J\u009b1m\u202etxt\u2028\u0000';
    const { raw, lines } = await logged((info) => info({ text, [text]: 1 }, text), { redaction: false });
    expect(lines[0]).toMatchObject({ text, msg: text, [text]: 1, level: 30 });
    for (const line of raw) expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  });

  it('is cut at 64 KiB and says what was left out', async () => {
    const { raw, lines } = await logged((info) =>
      info({ big: Array(200).fill('x'.repeat(8_000)), huge: 'y'.repeat(20e6), small: 1 }, 'z'.repeat(1e6)),
    );
    for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(64 * 1024);
    expect(lines[0]).toMatchObject({ small: 1, msg: expect.stringMatching(/^z{1000}/) });
    expect(lines[0]!['log_truncated']).toContain('big');
  });
});
