import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { LoggedApp } from './logged-app.fixture.js';
import { LoggerLevels } from './logger-levels.js';

const post = (app: LoggedApp, name: string, body: unknown): Promise<Response> =>
  fetch(`${app.managementUrl}/loggers/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const read = async (app: LoggedApp, name = ''): Promise<unknown> =>
  (await fetch(`${app.managementUrl}/loggers${name}`)).json();

describe('GET /loggers', () => {
  it('lists the root, what was configured and who has spoken', async () => {
    await using app = await LoggedApp.start({ logging: { level: 'warn', levels: { 'orders.Placing': 'log' } } });
    new Logger('Svc').warn('spoken');
    const { items } = (await read(app)) as { items: object[] };
    expect(items[0]).toEqual({ name: 'ROOT', configuredLevel: 'warn', effectiveLevel: 'warn' });
    expect(items).toContainEqual({ name: 'Svc', configuredLevel: null, effectiveLevel: 'warn' });
    expect(items).toContainEqual({ name: 'orders.Placing', configuredLevel: 'info', effectiveLevel: 'info' });
    expect(await read(app, '/orders.Placing.Deep')).toEqual({ configuredLevel: null, effectiveLevel: 'info' });
  });
});

describe('POST /loggers/:name', () => {
  it('makes one context louder and leaves the others', async () => {
    await using app = await LoggedApp.start();
    const say = (): void => {
      new Logger('Loud').debug('loud');
      new Logger('Quiet').debug('quiet');
    };
    say();
    expect((await post(app, 'Loud', { level: 'debug' })).status).toBe(200);
    say();
    expect(app.lines.map(({ msg }) => msg).filter((msg) => /^(loud|quiet)$/.test(msg))).toEqual(['loud']);
  });

  it('makes one context quieter', async () => {
    await using app = await LoggedApp.start();
    expect(await (await post(app, 'AccessLog', { level: 'warn' })).json()).toEqual({
      configuredLevel: 'warn',
      effectiveLevel: 'warn',
    });
    await (await app.get('/orders/7')).text();
    const { closing } = await app.ask('/orders/crash');
    expect(app.lines.filter(({ context }) => context === 'AccessLog')).toEqual([closing]);
  });

  it('holds for all names below, except those with a level of their own', async () => {
    await using app = await LoggedApp.start();
    await post(app, 'orders', { level: 'trace' });
    await post(app, 'orders.Placing', { level: 'error' });
    expect(await read(app, '/orders.Cancelling')).toEqual({ configuredLevel: null, effectiveLevel: 'trace' });
    expect(await read(app, '/orders.Placing')).toEqual({ configuredLevel: 'error', effectiveLevel: 'error' });
    expect(await read(app, '/ordersX')).toEqual({ configuredLevel: null, effectiveLevel: 'info' });
    await post(app, 'orders.Placing', { level: null });
    expect(await read(app, '/orders.Placing')).toEqual({ configuredLevel: null, effectiveLevel: 'trace' });
  });

  it('changes the root for a while and goes back to what was set before', async () => {
    await using app = await LoggedApp.start();
    await post(app, 'ROOT', { level: 'error' });
    const answer = (await (await post(app, 'ROOT', { level: 'verbose', ttlSeconds: 0.1 })).json()) as object;
    expect(answer).toEqual({ configuredLevel: 'trace', effectiveLevel: 'trace', revertsAt: expect.any(String) });
    new Logger('Svc').verbose('now');
    await sleep(200);
    new Logger('Svc').warn('too late');
    expect(await read(app, '/ROOT')).toEqual({ configuredLevel: 'error', effectiveLevel: 'error' });
    expect(app.lines.map(({ msg }) => msg)).toContain('now');
    expect(app.lines.map(({ msg }) => msg)).not.toContain('too late');
  });

  it.each([
    [{ level: 'loud' }, 'level "loud" is not a log level. Use one of trace, debug, info'],
    [{}, 'level undefined is not a log level.'],
    [{ level: 'debug', ttlSeconds: -1 }, 'ttlSeconds -1 is not between 0 and 86400.'],
    [{ level: 'debug', ttlSeconds: '600' }, 'ttlSeconds "600" is not between'],
    [['debug'], 'level undefined'],
  ])('refuses %j with problem details and changes nothing', async (body, detail) => {
    await using app = await LoggedApp.start();
    const response = await post(app, 'ROOT', body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, detail: expect.stringContaining(detail) });
    expect(await read(app, '/ROOT')).toEqual({ configuredLevel: 'info', effectiveLevel: 'info' });
  });
});

describe('LoggerLevels', () => {
  it('keeps one timer for several levels that were set for a while', async () => {
    const levels = new LoggerLevels('info');
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    levels.set('a', 'debug', 30);
    levels.set('b', 'trace', 60);
    levels.set('c', 'warn', 10_000);
    expect(timers()).toBe(before);
    expect(levels.lowest).toBe('trace');
    await sleep(40);
    expect([levels.state('a').effectiveLevel, levels.state('b').effectiveLevel]).toEqual(['info', 'trace']);
    await sleep(40);
    expect([levels.lowest, levels.state('c').effectiveLevel]).toEqual(['info', 'warn']);
    levels.release();
  });

  it('remembers a bounded number of contexts and filters the others all the same', () => {
    const levels = new LoggerLevels('info', { 'last.of': 'error' });
    for (let index = 0; index < 5_000; index += 1) levels.allows(`context-${index}`, 30);
    expect(levels.list().length).toBeLessThan(1_100);
    expect([levels.allows('last.of.all', 40), levels.allows('another', 40)]).toEqual([false, true]);
  });
});
