import { get } from 'node:http';
import { connect } from 'node:net';
import { Global, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PinoLogger } from 'nestjs-pino';
import { describe, expect, it } from 'vitest';
import { MANAGEMENT_OPTIONS } from '#management';
import { installLogger } from './install-logger.js';
import { ADAPTERS, type Line, LoggedApp } from './logged-app.fixture.js';
import { PricesService } from './logged-orders.fixture.js';
import { LoggingModule } from './logging.module.js';

@Global()
@Module({ providers: [{ provide: MANAGEMENT_OPTIONS, useValue: false }], exports: [MANAGEMENT_OPTIONS] })
class NoOperatorsPages {}

describe.each(ADAPTERS)('LoggingModule on %s', (_name, adapter) => {
  it('puts the ids of the request on every line of it, whichever logger wrote it', async () => {
    await using app = await LoggedApp.start({ adapter: adapter(), traced: true });
    const { response, lines } = await app.ask('/orders/7');
    expect(lines.map(({ msg, context }) => [context, msg])).toEqual([
      ['OrdersController', 'reading 7'],
      ['OrdersPino', 'read 7'],
      ['AccessLog', 'GET /orders/:id 200'],
    ]);
    expect(
      new Set(lines.map(({ trace_id, span_id, trace_flags }) => `${trace_id} ${span_id} ${trace_flags}`)).size,
    ).toBe(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      time: expect.closeTo(Date.now(), -4),
      service: 'order',
      trace_id: 'ab'.repeat(16),
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      trace_flags: '01',
      request_id: response.headers.get('x-request-id'),
    });
  });

  it('puts the request id on every line when nobody traces', async () => {
    await using app = await LoggedApp.start({ adapter: adapter() });
    const { lines } = await app.ask('/orders/7');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toHaveProperty('trace_id');
  });

  it('closes a request with one line of the fields that it has', async () => {
    await using app = await LoggedApp.start({ adapter: adapter() });
    const { closing, response } = await app.ask('/orders/7?token=secret');
    expect(closing).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: 'GET /orders/:id 200',
      service: 'order',
      context: 'AccessLog',
      request_id: response.headers.get('x-request-id'),
      orderId: '7',
      'http.request.method': 'GET',
      'url.path': '/orders/7',
      'http.route': '/orders/:id',
      'http.response.status_code': 200,
      duration_ms: expect.any(Number),
      'client.address': expect.stringContaining('127.0.0.1'),
      outcome: 'success',
      'code.function.name': 'OrdersController.read',
    });
  });

  it.each([
    ['/nowhere', 30, 'GET /nowhere 404', undefined, 'failure'],
    ['/orders/forbidden', 30, 'GET /orders/forbidden 403', undefined, 'denied'],
    ['/orders/crash', 50, 'GET /orders/crash 500', 'TypeError', 'failure'],
  ])('closes %s at level %i as "%s"', async (path, level, msg, type, outcome) => {
    await using app = await LoggedApp.start({ adapter: adapter() });
    const { closing } = await app.ask(path);
    expect(closing).toMatchObject({ level, msg, outcome });
    expect(closing['error.type']).toBe(type);
  });

  it('closes a request whose client went away as a warning without a status', async () => {
    await using app = await LoggedApp.start({ adapter: adapter(), traced: true });
    const request = get(`${app.url}/orders/slow`);
    request.on('error', () => undefined);
    setTimeout(() => request.destroy(), 50);
    const closing = await app.line(({ msg }) => msg === 'GET /orders/slow aborted');
    const ids = { trace_id: expect.any(String), request_id: expect.any(String) };
    expect(closing).toMatchObject({ level: 40, 'error.type': 'aborted', outcome: 'unknown', ...ids });
    expect(closing).not.toHaveProperty('http.response.status_code');
  });

  it('closes requests that came on one connection at once each under its own ids', async () => {
    await using app = await LoggedApp.start({ adapter: adapter(), traced: true });
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    const paths = ['/orders/slow', '/orders/1', '/orders/2', '/orders/3'];
    socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`).join(''));
    const closing: Line[] = [];
    for (const path of paths) closing.push(await app.line((line) => line['url.path'] === path));
    socket.destroy();
    expect(new Set(closing.map(({ span_id }) => span_id)).size).toBe(paths.length);
    for (const { orderId, request_id } of closing.slice(1)) {
      const reading = app.lines.find(({ msg }) => msg === `reading ${orderId as string}`);
      expect(reading!.request_id).toBe(request_id);
    }
    expect(closing.map(({ orderId }) => orderId)).toEqual([undefined, '1', '2', '3']);
  });

  it('keeps the lines of requests that run at the same time apart', async () => {
    await using app = await LoggedApp.start({ adapter: adapter(), traced: true });
    const asked = await Promise.all(Array.from({ length: 30 }, (_, index) => app.ask(`/orders/${index}`)));
    for (const [index, { lines }] of asked.entries()) {
      expect(lines.map(({ msg }) => msg)).toEqual([`reading ${index}`, `read ${index}`, 'GET /orders/:id 200']);
      expect(lines.map(({ orderId }) => orderId)).toEqual(Array(3).fill(`${index}`));
    }
    expect(app.lines.filter(({ context }) => context === 'AccessLog')).toHaveLength(30);
  });

  it('leaves out the closing line of a handler that opted out, and not its other lines', async () => {
    await using app = await LoggedApp.start({ adapter: adapter() });
    await (await app.get('/orders/quiet')).text();
    await app.ask('/orders/7');
    expect(app.lines.filter((line) => line['url.path'] === '/orders/quiet')).toEqual([]);
    expect(app.lines.map(({ msg }) => msg)).toContain('in the quiet');
  });
});

describe('LoggingModule', () => {
  it('gives lines of an observed call its own span and the request it is part of', async () => {
    await using app = await LoggedApp.start({ traced: true });
    const { lines } = await app.ask('/orders/price/oil');
    const [priced, told, closing] = lines;
    expect(priced).toMatchObject({ msg: 'priced', context: 'PricesService', sku: 'oil' });
    expect(told).toMatchObject({ msg: 'told the price', sku: 'oil', span_id: closing!.span_id });
    expect(closing).toMatchObject({ sku: 'oil' });
    expect(priced!.span_id).not.toBe(closing!.span_id);
  });

  it('tells the failure of an observed call in one line', async () => {
    await using app = await LoggedApp.start({ traced: true });
    const { lines, closing } = await app.ask('/orders/price/broken');
    expect(lines.find(({ msg }) => msg === 'order.price failed')!.span_id).not.toBe(closing.span_id);
    expect(lines.filter(({ msg }) => msg === 'order.price failed')).toEqual([
      expect.objectContaining({
        level: 50,
        context: 'PricesService',
        'code.function.name': 'PricesService.price',
        'error.type': 'RangeError',
        err: expect.objectContaining({ type: 'RangeError', message: 'no price for password=[redacted]' }),
      }),
    ]);
  });

  it('lets fields be assigned to an observed call outside of any request, and to a scope of its own', async () => {
    await using app = await LoggedApp.start();
    const prices = app.nest.get(PricesService);
    await prices.price('oil');
    expect(app.lines.at(-1)).toMatchObject({ msg: 'priced', sku: 'oil' });
    await prices.pino.runInContext(
      async () => {
        prices.pino.assign({ step: 1 });
        await prices.price('salt');
      },
      { bindings: { job: 'nightly' } },
    );
    expect(app.lines.at(-1)).toMatchObject({ msg: 'priced', job: 'nightly', step: 1, sku: 'salt' });
    prices.pino.assign({ nowhere: true });
    prices.pino.info('alone');
    expect(Object.keys(app.lines.at(-1)!)).toEqual(['level', 'time', 'service', 'context', 'msg']);
  });

  it('reads what Nest and its users pass to a logger', async () => {
    await using app = await LoggedApp.start();
    const logger = new Logger('Svc');
    const from = app.lines.length;
    logger.verbose('not at this level');
    logger.log('plain');
    logger.log('with fields', { a: 1 }, { b: 2 });
    logger.log({ msg: 'from the object', a: 1 });
    logger.warn('%s of %o', 'one', { a: 1 });
    logger.error(new RangeError('boom'));
    logger.error('taken apart', new RangeError('boom').stack);
    logger.fatal('the end', undefined);
    Logger.log('without context', { a: 1 });
    Logger.error('static', 'Main');
    const told = app.lines.slice(from).map(({ time: _time, service: _service, ...rest }) => rest);
    const stack = expect.stringContaining('RangeError: boom\n');
    const context = 'Svc';
    expect(told).toEqual([
      { level: 30, context, msg: 'plain' },
      { level: 30, context, msg: 'with fields', a: 1, b: 2 },
      { level: 30, context, msg: 'from the object', a: 1 },
      { level: 40, context, msg: 'one of {"a":1}' },
      { level: 50, context, msg: 'boom', err: { type: 'RangeError', message: 'boom', stack } },
      { level: 50, context, msg: 'taken apart', err: { type: 'RangeError', message: 'taken apart', stack } },
      { level: 60, context, msg: 'the end' },
      { level: 30, msg: 'without context', a: 1 },
      { level: 50, context: 'Main', msg: 'static' },
    ]);
  });

  it('takes children of the pino logger, whose fields do not stand twice in a line', async () => {
    await using app = await LoggedApp.start();
    const child = app.nest.get(PricesService).pino.logger.child({ a: 1, password: 'hunter2', time: 1 });
    child.child({ context: 'Child', b: 2 }).info({ a: 3 }, 'said');
    expect(app.raw.at(-1)!.match(/"a":/g)).toHaveLength(1);
    expect(app.lines.at(-1)).toMatchObject({ a: 3, b: 2, context: 'Child', 'data.time': 1, password: '[redacted]' });
    expect(child.bindings()).toEqual({ service: 'order', a: 1, password: '[redacted]', 'data.time': 1 });
  });

  it('works in a context without a server, with options that are known late', async () => {
    const lines: string[] = [];

    @Module({
      imports: [
        NoOperatorsPages,
        LoggingModule.forRootAsync({
          useFactory: () => Promise.resolve({ level: 'warn', destination: { write: (line) => lines.push(line) } }),
        }),
      ],
      providers: [PricesService],
    })
    class Job {}

    const context = await NestFactory.createApplicationContext(Job, { bufferLogs: true, abortOnError: false });
    installLogger(context);
    await expect(context.get(PricesService).price('broken')).rejects.toThrow(RangeError);
    await context.close();
    expect(lines.map((line) => (JSON.parse(line) as Line).msg)).toEqual(['order.price failed']);
  });

  it('finds out late that it is off', async () => {
    @Module({
      imports: [NoOperatorsPages, LoggingModule.forRootAsync({ useFactory: () => Promise.resolve(false as const) })],
      providers: [PricesService],
    })
    class Job {}

    const context = await NestFactory.createApplicationContext(Job, { logger: false, abortOnError: false });
    expect(await context.get(PricesService).price('oil')).toBe(3);
    await context.close();
  });

  it('has its destination written out when the app closes, and still takes lines', async () => {
    const seen: string[] = [];
    const destination = {
      write: (line: string) => seen.push((JSON.parse(line) as Line).msg),
      flush: (deadlineMs: number) => void seen.push(`flush within ${deadlineMs} ms`),
      release: () => void seen.push('release'),
    };
    const app = await LoggedApp.start({ logging: { destination } });
    const { pino } = app.nest.get(PricesService);
    pino.info('early');
    await app.nest.close();
    pino.info('late');
    expect(seen.slice(-4)).toEqual(['early', 'flush within 3000 ms', 'release', 'late']);
  });

  it('refuses to be imported twice', async () => {
    @Module({ imports: [LoggingModule.forRoot()] })
    class Orders {}

    @Module({ imports: [NoOperatorsPages, Orders, LoggingModule.forRoot({ level: 'warn' })] })
    class Twice {}

    await expect(NestFactory.create(Twice, { logger: false, abortOnError: false })).rejects.toThrow(
      'LoggingModule is imported twice',
    );
  });

  it('writes no closing lines when they are switched off', async () => {
    await using app = await LoggedApp.start({ logging: { accessLog: false } });
    await (await app.get('/orders/7')).text();
    await app.line(({ msg }) => msg === 'read 7');
    await app.nest.close();
    expect(app.lines.filter(({ context }) => context === 'AccessLog')).toEqual([]);
  });

  it('leaves nothing behind when it is off, and what it provides still resolves', async () => {
    const heard: unknown[] = [];
    Logger.overrideLogger({ log: (message: unknown) => heard.push(message), warn: () => 0, error: () => 0 });
    await using app = await LoggedApp.start({ logging: false });
    const response = await app.get('/orders/price/oil');
    expect(await response.text()).toBe('3');
    expect(app.lines).toEqual([]);
    expect(heard).toContain('told the price');
    expect(app.nest.get(PricesService).pino).toBeInstanceOf(PinoLogger);
    expect((await fetch(`${app.managementUrl}/loggers`)).status).toBe(404);
  });
});
