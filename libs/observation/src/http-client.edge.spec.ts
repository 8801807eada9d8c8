import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as sendHttp } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HttpClientObservation } from './http-client-observation.js';
import { watchOutgoingHttp } from './http-client.edge.js';
import { Observations } from './observations.js';
import { Frame, joinProcess, leaveProcess, runInFrame } from './process-wide.js';

const SERVICE = { name: 'caller', version: '1', environment: 'test', instance: '1' };

/** A server that answers by path, and an app that watches what is sent to it. */
async function open() {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    const status = Number(request.url!.slice(1)) || 200;
    if (request.url === '/slow') return void setTimeout(() => response.end('late'), 300);
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' }).write('a part');
      return void setTimeout(() => response.destroy(), 20);
    }
    if (request.url === '/endless') return void response.writeHead(200).write('a part');
    response.writeHead(status, status === 302 ? { location: '/200' } : {}).end('done');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const app = new Observations(SERVICE);
  joinProcess(app);
  const unwatch = watchOutgoingHttp();
  const observed: HttpClientObservation[] = [];
  const injectable: boolean[] = [];
  app.register({
    component: 'spec',
    aspects: [],
    started: (observation) => {
      if (observation.kind === 'http.client') injectable.push(observation.setHeader('traceparent', 'ours'));
    },
    stopped: (observation) => void (observation.kind === 'http.client' && observed.push(observation)),
  });
  const { port } = server.address() as { port: number };
  return {
    app,
    port,
    received,
    observed,
    injectable,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    async finished(count: number) {
      for (let wait = 0; observed.length < count && wait < 200; wait++) await sleep(10);
      return observed.map(({ method, path, serverPort, status, outcome, errorType }) =>
        [method, path, serverPort === port, status, outcome, errorType].join(' ').trim(),
      );
    },
    async [Symbol.asyncDispose]() {
      unwatch();
      leaveProcess(app);
      server.closeAllConnections();
      server.close();
    },
  };
}

const viaFetch = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).text();
const viaHttp = (url: string, options: object = {}) =>
  new Promise<string>((resolve, reject) => {
    const request = sendHttp(url, options, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve(text));
      answer.on('error', reject);
    });
    request.on('error', reject).end();
  });

describe.each([
  ['fetch', viaFetch],
  ['node:http', viaHttp],
])('what %s sends', (_name, send) => {
  it('is observed once each, with status and outcome, and carries the header that a handler adds', async () => {
    await using calls = await open();
    await send(calls.url('/200?token=1'));
    await send(calls.url('/404'));
    await send(calls.url('/503'));
    expect(await calls.finished(3)).toEqual([
      'GET /200 true 200 success',
      'GET /404 true 404 failure 404',
      'GET /503 true 503 failure 503',
    ]);
    expect(calls.received.map(({ traceparent }) => traceparent)).toEqual(['ours', 'ours', 'ours']);
  });

  it('keeps a header that the caller set', async () => {
    await using calls = await open();
    await send(calls.url('/200'), { headers: { Traceparent: 'theirs' } });
    expect(calls.received[0]!['traceparent']).toBe('theirs');
  });

  it('fails when the other side cannot be reached or cuts its answer off', async () => {
    await using calls = await open();
    await expect(send(`http://127.0.0.1:${await closedPort()}/`)).rejects.toThrow();
    await expect(send(calls.url('/cut'))).rejects.toThrow();
    const observed = await calls.finished(2);
    expect(observed[0]).toMatch(/^GET \/ false\s+failure \w+/);
    expect(observed[1]).toMatch(/^GET \/cut true 200 failure \w+/);
  });

  it('is of unknown outcome when the caller gives up', async () => {
    await using calls = await open();
    const signal = AbortSignal.timeout(50);
    await expect(send(calls.url('/slow'), { signal })).rejects.toThrow();
    await calls.finished(1);
    expect(calls.observed).toHaveLength(1);
    expect(calls.observed[0]!.status).toBeUndefined();
  });

  it('is not observed when it is the own traffic of the suite', async () => {
    await using calls = await open();
    await runInFrame(new Frame(calls.app, undefined, undefined, true), () => send(calls.url('/200')));
    await sleep(50);
    expect(calls.observed).toEqual([]);
    expect(calls.received[0]!['traceparent']).toBeUndefined();
  });
});

describe('an answer that its caller stops reading', () => {
  it.each([
    ['node:http', (url: string) => void sendHttp(url, (answer) => void answer.destroy()).end()],
    ['fetch', async (url: string) => void (await fetch(url)).body!.cancel()],
  ])('is no failure with %s', async (_name, leave) => {
    await using calls = await open();
    leave(calls.url('/endless'));
    expect(await calls.finished(1)).toEqual(['GET /endless true 200 unknown']);
  });
});

describe('redirects that fetch follows', () => {
  it('are observed hop by hop', async () => {
    await using calls = await open();
    await viaFetch(calls.url('/302'));
    expect(await calls.finished(2)).toEqual(['GET /302 true 302 success', 'GET /200 true 200 success']);
  });
});

describe('a request whose headers are given as an array', () => {
  it('is observed, and says that nothing can be added', async () => {
    await using calls = await open();
    await viaHttp(calls.url('/200'), { headers: ['host', `127.0.0.1:${calls.port}`] });
    expect(await calls.finished(1)).toEqual(['GET /200 true 200 success']);
    expect(calls.injectable).toEqual([false]);
  });
});

describe('an answer of node:http that nobody reads', () => {
  it('is dumped by Node as ever', async () => {
    await using calls = await open();
    sendHttp(calls.url('/200')).end();
    expect(await calls.finished(1)).toEqual(['GET /200 true 200 success']);
  });
});

describe('the time that an answer is given to be read', () => {
  afterEach(() => vi.useRealTimers());

  it('is watched by a timer, which would hold the request, only until it was read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using calls = await open();
    const request = sendHttp(calls.url('/200')).end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect(vi.getTimerCount()).toBe(1);
    answer.resume();
    await once(request, 'close');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not watched in traffic that is not observed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using calls = await open();
    const own = new Frame(undefined, undefined, undefined, true);
    const request = runInFrame(own, () => sendHttp(calls.url('/200')).end());
    await once(request, 'response');
    expect(vi.getTimerCount()).toBe(0);
    request.destroy();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
