import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, ObservedApp } from './http-edge.fixture.js';
import { HttpServerEdge } from './http-server.edge.js';
import type { HttpServerObservation } from './http-server-observation.js';

const facts = ({
  method,
  path,
  route,
  className,
  methodName,
  status,
  outcome,
  aborted,
  error,
}: HttpServerObservation) => ({
  request: `${method} ${path}`,
  route,
  operation: className && `${className}.${methodName}`,
  status,
  outcome,
  aborted,
  error: error instanceof Error ? error.constructor.name : error,
});

const post = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

const CASES: [string, string, RequestInit, object][] = [
  [
    'a route that answers',
    '/api/v1/orders/7',
    {},
    { route: '/api/v1/orders/:id', operation: 'OrdersController.read', status: 200, outcome: 'success' },
  ],
  [
    'a body that is accepted',
    '/api/v1/orders',
    post('{}'),
    { route: '/api/v1/orders', operation: 'OrdersController.place', status: 201, outcome: 'success' },
  ],
  [
    'a refused guard',
    '/api/v1/orders/secret',
    {},
    {
      route: '/api/v1/orders/secret',
      operation: 'OrdersController.secret',
      status: 403,
      outcome: 'denied',
      error: 'ForbiddenException',
    },
  ],
  [
    'a pipe that refuses',
    '/api/v1/orders/x',
    {},
    {
      route: '/api/v1/orders/:id',
      operation: 'OrdersController.read',
      status: 400,
      outcome: 'failure',
      error: 'BadRequestException',
    },
  ],
  [
    'an exception nobody handles',
    '/api/v1/orders/broken',
    {},
    {
      route: '/api/v1/orders/broken',
      operation: 'OrdersController.broken',
      status: 500,
      outcome: 'failure',
      error: 'TypeError',
    },
  ],
  [
    'an exception that a filter handles',
    '/api/v1/orders/teapot',
    {},
    { route: '/api/v1/orders/teapot', operation: 'OrdersController.teapot', status: 418, outcome: 'failure' },
  ],
  [
    'an unknown path',
    '/api/nowhere',
    {},
    { route: undefined, operation: undefined, status: 404, outcome: 'failure', error: 'NotFoundException' },
  ],
  [
    'a path outside the prefix',
    '/nowhere',
    {},
    { route: undefined, operation: undefined, status: 404, outcome: 'failure' },
  ],
  ['a body that is no JSON', '/api/v1/orders', post('{'), { route: '/api/v1/orders', status: 400, outcome: 'failure' }],
];

describe.each(ADAPTERS)('HttpServerEdge on %s', (name, adapter) => {
  it.each(CASES)('observes %s exactly once', async (_title, path, init, expected) => {
    await using app = await ObservedApp.start(adapter());
    const response = await fetch(app.url(path), init);
    await response.text();
    const observed = await app.finished(1);
    expect(observed.map(facts)).toEqual([expect.objectContaining(expected)]);
    expect(response.headers.get('x-request-id')).toBe(observed[0]!.requestId);
    expect(observed[0]!.durationMs).toBeGreaterThan(0);
    expect(app.started).toHaveLength(1);
  });

  it('observes a client that goes away as aborted, with its route and an unknown outcome', async () => {
    await using app = await ObservedApp.start(adapter());
    await expect(fetch(app.url('/api/v1/orders/slow'), { signal: AbortSignal.timeout(40) })).rejects.toThrow();
    const observed = await app.finished(1);
    expect(observed.map(facts)).toEqual([
      expect.objectContaining({ route: '/api/v1/orders/slow', aborted: true, outcome: 'unknown', status: undefined }),
    ]);
  });

  it('observes a client once that goes away while a middleware waits, and holds nothing of its request', async () => {
    let goneOn = false;
    await using app = await ObservedApp.start(adapter(), (nest) => {
      nest.use(async (_request: unknown, _response: unknown, next: () => void) => {
        await sleep(100);
        goneOn = true;
        next();
      });
    });
    await expect(fetch(app.url('/api/v1/orders/1'), { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    await expect.poll(() => goneOn).toBe(true);
    const observed = await app.finished(1);
    await sleep(50);
    expect([app.started.length, app.nest.get(HttpServerEdge).open.size]).toEqual([1, 0]);
    expect([observed[0]!.aborted, observed[0]!.request]).toEqual([true, undefined]);
  });

  it('keeps the requests of a kept-alive and pipelined connection apart', async () => {
    await using app = await ObservedApp.start(adapter());
    const bodies = await pipeline(app.port, ['/api/v1/orders/slow', '/api/v1/orders/1', '/api/v1/orders/2'], 3);
    expect(bodies).toEqual(['/api/v1/orders/slow', '/api/v1/orders/1', '/api/v1/orders/2']);
    const observed = await app.finished(3);
    expect(new Set(observed.map(({ path, status }) => `${path} ${status}`)).size).toBe(3);
    expect(new Set(observed.map(({ requestId }) => requestId)).size).toBe(3);
  });

  it('ends the requests that wait in a pipeline when the client goes away', async () => {
    await using app = await ObservedApp.start(adapter());
    const socket = connectSocket(app.port, '127.0.0.1');
    socket.write(['/slow', '/1', '/2'].map((path) => `GET /api/v1/orders${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    while (app.started.length < 3) await sleep(5);
    socket.destroy();
    const observed = await app.finished(3);
    expect(observed.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it('observes requests that come in on a second address', async () => {
    await using app = await ObservedApp.start(adapter());
    const instance = app.nest.getHttpAdapter().getInstance();
    const second = createServer(name === 'Fastify' ? (req, res) => instance.routing(req, res) : instance);
    await once(second.listen(0, '127.0.0.1'), 'listening');
    const { port } = second.address() as { port: number };
    const bodies = [`http://127.0.0.1:${port}/api/v1/orders/1`, app.url('/api/v1/orders/2')].map(async (url) =>
      (await fetch(url)).text(),
    );
    expect(await Promise.all(bodies)).toEqual(['/api/v1/orders/1', '/api/v1/orders/2']);
    const broken = await fetch(`http://127.0.0.1:${port}/api/v1/orders`, post('{'));
    expect(broken.status).toBe(400);
    const observed = await app.finished(3);
    expect(observed.map(({ path }) => path).sort()).toEqual(['/api/v1/orders', '/api/v1/orders/1', '/api/v1/orders/2']);
    second.closeAllConnections();
    second.close();
  });

  it('takes the request id of a trusted peer when it is harmless, and makes one otherwise', async () => {
    await using app = await ObservedApp.start(adapter());
    const idFor = async (id: string) =>
      (await fetch(app.url('/api/v1/orders/1'), { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idFor('order-from-7')).toBe('order-from-7');
    expect(await idFor('short')).toMatch(/^[0-9a-f]{32}$/);
    expect(await idFor('a"}{"level":60')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('warns about no listener, however many requests a connection carries', async () => {
    await using app = await ObservedApp.start(adapter());
    const warnings: string[] = [];
    const note = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', note);
    await pipeline(
      app.port,
      Array.from({ length: 20 }, (_, index) => `/api/v1/orders/${index}`),
      20,
    );
    await sleep(20);
    process.off('warning', note);
    expect(warnings).toEqual([]);
    expect(await app.finished(20)).toHaveLength(20);
  });
});

describe('HttpServerEdge on Fastify alone', () => {
  it('observes injected requests', async () => {
    await using app = await ObservedApp.start(new FastifyAdapter());
    const response = await app.nest.getHttpAdapter().getInstance().inject({ url: '/api/v1/orders/5' });
    expect(response.body).toBe('/api/v1/orders/5');
    const observed = await app.finished(1);
    expect(observed.map(facts)).toEqual([
      expect.objectContaining({ route: '/api/v1/orders/:id', operation: 'OrdersController.read', status: 200 }),
    ]);
    expect(observed).toMatchObject([{ outcome: 'success', aborted: false }]);
  });

  it('observes HTTP/2', async () => {
    await using app = await ObservedApp.start(new FastifyAdapter({ http2: true } as never));
    const session = connect(app.url(''));
    const statuses = await Promise.all(
      ['/api/v1/orders/1', '/api/v1/orders/2', '/api/v1/orders/secret'].map(async (path) => {
        const stream = session.request({ ':path': path });
        const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
        stream.resume();
        await once(stream, 'close');
        return headers[':status'];
      }),
    );
    session.close();
    expect(statuses).toEqual([200, 200, 403]);
    const observed = await app.finished(3);
    expect(
      observed.map(({ path, route, status, protocolVersion, aborted }) => ({
        path,
        route,
        status,
        protocolVersion,
        aborted,
      })),
    ).toEqual(
      expect.arrayContaining([
        { path: '/api/v1/orders/1', route: '/api/v1/orders/:id', status: 200, protocolVersion: '2', aborted: false },
        {
          path: '/api/v1/orders/secret',
          route: '/api/v1/orders/secret',
          status: 403,
          protocolVersion: '2',
          aborted: false,
        },
      ]),
    );
    expect(observed).toHaveLength(3);
  });
});

/** Sends all requests at once on one connection and gives the bodies in the order of the answers. */
async function pipeline(port: number, paths: string[], count: number): Promise<string[]> {
  const socket = connectSocket(port, '127.0.0.1');
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.split('HTTP/1.1 200').length > count && text.trimEnd().match(/orders\/\w+$/)) break;
  }
  return [...text.matchAll(/\r\n\r\n(?:[0-9a-f]+\r\n)?(\/api\/v1\/orders\/\w+?)(?=HTTP|\s|$)/g)].map(
    ([, body]) => body!,
  );
}
