import type { IncomingMessage } from 'node:http';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Frame, HttpServerObservation, Observations, runInFrame } from '#observation';
import { type RedactionOptions, scrubberOf } from '#redaction';
import { AccessLog } from './access-log.js';
import { AppLog } from './app-log.js';
import { LogEntry } from './log-entry.js';
import { resolveLoggingOptions } from './logging.options.js';

const SECRETS = [
  '/orders/4111111111111111',
  '/orders/4111-1111-1111-1111/items',
  '/token=abc123',
  '/a;password:hunter2/b',
  '/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  '/AKIAIOSFODNN7EXAMPLE',
  '//user:pass@host/x@y',
  '/http://user:pass@host/',
  '/bearer abcdef',
  '/-----BEGIN RSA PRIVATE KEY-----abc',
  '/customer-1234',
];
const HARMLESS = [
  '/',
  '/orders/7',
  '/orders/6f0e8f4e-8a0d-4c64-9db1-111111111111',
  '/Orders/Seven.json',
  '/a"b\\c',
  '/caf\u00e9/\u00ff',
  '/\u009b31m\u007f\u0000\u001b[2J',
  '/\u202etxt\u2028\ufeff',
  '/\ue000/\ue004',
  `/${'x'.repeat(90)}"`,
  `/${'long/'.repeat(400)}`,
];
const TEXTS = [...SECRETS, ...HARMLESS];
const ACTORS = [
  undefined,
  'u1',
  '',
  'a"b\\',
  '\ud83d',
  'bearer abcdef',
  'password=hunter2',
  '\ue007',
  'y'.repeat(9_000),
];
const ROUTES = [
  undefined,
  '/',
  '/orders/:id',
  '/secret:id/*path',
  '/caf\u00e9/"\u2028',
  '/\ue003',
  '/bearer',
  `/${'z'.repeat(9_000)}`,
];
const ADDRESSES = [undefined, '127.0.0.1', '::ffff:10.0.0.1', '', 'fe80::1%"eth0"'];
const TRACES = [undefined, 0, 1, 3];
const STATUSES = [undefined, 200, 201, 304, 401, 404, 500, 503];

class OvenError extends Error {}

/** Chooses among values by a row of numbers that is the same in each run. */
function chooser(): <T>(values: readonly T[]) => T {
  let state = 7;
  return (values) => {
    state = (state * 48_271) % 2_147_483_647;
    return values[state % values.length]!;
  };
}

function request(choose: ReturnType<typeof chooser>): HttpServerObservation {
  const incoming = { url: choose(TEXTS), method: choose(['GET', 'POST', 'BREW']), headers: {}, socket: {} };
  const requestId = choose(['6f0e8f4e-8a0d-4c64-9db1-111111111111', 'trusted.id-1', '']);
  const one = new HttpServerObservation(incoming as unknown as IncomingMessage, requestId);
  one.clientAddress = choose(ADDRESSES);
  one.route = choose(ROUTES);
  one.status = choose(STATUSES);
  one.aborted = choose([true, false, false]);
  one.durationMs = choose([undefined, 0, 0.0004, 0.1234567, 1, 12.5, 99.9996, 1_234.5678, 1e7 / 3, 3e9]);
  one.outcome = choose([undefined, 'success', 'failure', 'denied', 'unknown'] as const);
  if (choose([true, false])) one.error = new OvenError();
  if (choose([true, false])) {
    const methodName = choose(['read', 'place']);
    const functionName = `OrdersController.${methodName}`;
    one.handledBy = { className: 'OrdersController', methodName, functionName, method: undefined, optOuts: new Set() };
  }
  const traceFlags = choose(TRACES);
  if (traceFlags !== undefined) one.trace = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags };
  const actor = choose(ACTORS);
  if (actor !== undefined) one.actor = { id: actor };
  return one;
}

/** The log of an app, and what it writes. */
function logging(redaction?: RedactionOptions | false) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const log = AppLog.open(resolveLoggingOptions({ destination }, {}), 'b"\u00e4cker', scrubberOf(redaction));
  const app = new Observations({ name: 'baker', version: '1', environment: 'test', instance: 'one' });
  const access = new AccessLog(log);
  const within = (one: HttpServerObservation, work: () => void): void =>
    runInFrame(new Frame(app, one, undefined), work);

  /** The line as pino makes it of the same facts. */
  const byPino = (one: HttpServerObservation): void => {
    const { method, route, status, aborted, className, methodName } = one;
    const path = log.scrubText(one.path.slice(0, 1_024));
    const facts = {
      'http.request.method': method,
      'url.path': path,
      'http.route': route,
      'http.response.status_code': status,
      duration_ms: Math.round((one.durationMs ?? 0) * 1_000) / 1_000,
      'client.address': one.clientAddress,
      'actor.id': one.actor && log.scrubText(one.actor.id),
      outcome: one.outcome,
      'error.type': one.errorType,
      'code.function.name': className && `${className}.${methodName}`,
    };
    const level = status !== undefined && status >= 500 ? 'error' : aborted ? 'warn' : 'info';
    const message = `${method} ${route ?? path} ${aborted ? 'aborted' : status}`;
    within(one, () => log.root[level](new LogEntry('AccessLog', [message], facts)));
  };
  return { log, lines, access, within, byPino };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('the line that closes a request', () => {
  it.each([
    ['redaction', undefined],
    ['patterns and keys of its own', { patterns: [/customer-\d+/, /trusted/], keys: ['orders'] }],
    ['redaction off', false],
  ] as const)('is to the letter what pino would write, with %s', (_, redaction) => {
    const { lines, access, byPino } = logging(redaction as RedactionOptions | false | undefined);
    const choose = chooser();
    for (let round = 0; round < 5_000; round += 1) {
      vi.advanceTimersByTime(choose([0, 1, 10, 997]));
      const one = request(choose);
      access.write(one);
      byPino(one);
    }
    expect(lines).toHaveLength(10_000);
    const differing = lines.filter((line, place) => line !== lines[place - (place % 2)]);
    expect(differing).toEqual([]);
    expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow();
  });

  it('is put together without pino where nothing in it is special', () => {
    const { log, lines, access } = logging();
    const usual = (path: string): HttpServerObservation => {
      const one = request(chooser());
      return Object.assign(one, { path, route: '/orders/:id', clientAddress: '127.0.0.1', actor: undefined });
    };
    const info = vi.spyOn(log.root, 'info');
    const levels = [info, vi.spyOn(log.root, 'warn'), vi.spyOn(log.root, 'error')];
    for (let id = 0; id < 10; id += 1) access.write(usual(`/orders/${id}`));
    expect(lines).toHaveLength(10);
    expect(lines[9]).toContain('"url.path":"/orders/9"');
    for (const level of levels) expect(level).not.toHaveBeenCalled();
    access.write(usual('/orders/"'));
    expect(levels.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
  });

  it('is kept with one byte a character, as it can be', () => {
    const { lines, access } = logging();
    const one = Object.assign(request(chooser()), { path: '/orders/7', route: '/orders/:id', actor: undefined });
    access.write(Object.assign(one, { clientAddress: '127.0.0.1' }));
    // V8's own serializer tells how it keeps a text: by `"` with one byte a character, by `c` with two.
    const [, , kept] = serialize(lines[0]);
    expect(String.fromCharCode(kept!)).toBe('"');
  });

  it('carries what was assigned to the request, bound to the root logger or opened around its end', () => {
    const { log, lines, access, byPino, within } = logging();
    const choose = chooser();
    const both = (one: HttpServerObservation): void => {
      access.write(one);
      byPino(one);
    };
    for (const fields of [{ order: 7 }, { outcome: 'own', 3: 'three', level: 1 }]) {
      const one = request(choose);
      within(one, () => log.assign(fields));
      both(one);
    }
    within(request(choose), () => log.runInScope(() => both(request(choose)), { job: 1 }, false));
    const inside = request(choose);
    within(inside, () => log.runInScope(() => both(inside), { job: 2 }, false));
    log.root.setBindings({ region: 'jeju' });
    both(request(choose));
    for (let place = 0; place < lines.length; place += 2) expect(lines[place]).toBe(lines[place + 1]);
    expect(lines.map((line) => /"order":7|"outcome":"own"|"job":\d|"region"/.exec(line)?.[0])).toEqual(
      ['"order":7', undefined, undefined, '"job":2', '"region"'].flatMap((one) => [one, one]),
    );
  });

  it('is written by the levels that hold by then', () => {
    const { log, lines, access } = logging();
    const one = Object.assign(request(chooser()), { status: 200, aborted: false });
    const writes = (): boolean => {
      const before = lines.length;
      access.write(one);
      return lines.length > before;
    };
    expect(writes()).toBe(true);
    log.levels.set('AccessLog', 'warn');
    expect(writes()).toBe(false);
    Object.assign(one, { status: 500 });
    expect(writes()).toBe(true);
    log.levels.set('AccessLog', null);
    log.root.level = 'silent';
    expect(writes()).toBe(false);
  });
});
