import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, ObservedApp } from './http-edge.fixture.js';
import { REQUEST_ID } from './id-headers.js';

const OWN = 'an-id-of-its-own';

/** Ways in which a middleware may answer, and the id that the caller is told; ours unless the answer has its own. */
const WAYS: Record<string, [answer: (outgoing: ServerResponse) => void, told?: string]> = {
  'a head that nobody writes': [(outgoing) => outgoing.end()],
  'a head without headers': [(outgoing) => outgoing.writeHead(202).end()],
  'a head with an object of headers': [(outgoing) => outgoing.writeHead(202, { 'x-way': 'object' }).end()],
  'a head with a reason and headers': [(outgoing) => outgoing.writeHead(202, 'Taken', { 'x-way': 'reason' }).end()],
  'a head with a list of headers': [(outgoing) => outgoing.writeHead(202, ['x-way', 'list']).end()],
  'headers that were set before': [(outgoing) => void (outgoing.setHeader('x-way', 'set'), outgoing.end('set'))],
  'an id of its own in the head': [(outgoing) => outgoing.writeHead(202, { 'X-Request-Id': OWN }).end(), OWN],
  'an id of its own in a list': [(outgoing) => outgoing.writeHead(202, ['X-Request-Id', OWN]).end(), OWN],
  'a list with a value that is named so': [(outgoing) => outgoing.writeHead(202, ['x-way', REQUEST_ID]).end()],
  'an id of its own that is set': [(outgoing) => void (outgoing.setHeader(REQUEST_ID, OWN), outgoing.end()), OWN],
};

function answerThatWay(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const way = WAYS[new URL(incoming.url!, 'http://here').searchParams.get('way') ?? ''];
  if (way === undefined) next();
  else way[0](outgoing);
}

/** What comes back for a request line that no client would send. */
async function answerTo(port: number, requestLine: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${requestLine} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

describe.each(ADAPTERS)('the caller of %s is told the id of its request', (_, adapter) => {
  it.each(Object.entries(WAYS))('with %s', async (way, [, told]) => {
    await using app = await ObservedApp.start(adapter(), (nest) => nest.use(answerThatWay));
    const response = await fetch(app.url(`/anywhere?way=${encodeURIComponent(way)}`));
    const [request] = await app.finished(1);
    expect(response.headers.get(REQUEST_ID)).toBe(told ?? request!.requestId);
  });

  it('of its own, where a middleware has set one', async () => {
    const setOwn = (_: unknown, outgoing: ServerResponse, next: () => void): void => {
      outgoing.setHeader(REQUEST_ID, OWN);
      next();
    };
    await using app = await ObservedApp.start(adapter(), (nest) => nest.use(setOwn));
    expect((await fetch(app.url('/api/v1/orders/7'))).headers.get(REQUEST_ID)).toBe(OWN);
  });

  it('when the request is handed to the server once more', async () => {
    const goElsewhere = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void => {
      if (incoming.url !== '/elsewhere') return next();
      incoming.url = '/api/v1/orders/7';
      app.nest.getHttpServer().emit('request', incoming, outgoing);
    };
    await using app = await ObservedApp.start(adapter(), (nest) => nest.use(goElsewhere));
    const response = await fetch(app.url('/elsewhere'));
    expect([response.status, response.headers.get(REQUEST_ID)]).toEqual([200, expect.stringMatching(/^[\da-f]{32}$/)]);
  });

  it('by each of many answers that have one head', async () => {
    const head = { 'x-way': 'one object' };
    const answer = (_: unknown, outgoing: ServerResponse): void => void outgoing.writeHead(202, head).end();
    await using app = await ObservedApp.start(adapter(), (nest) => nest.use(answer));
    for (const round of [0, 1]) {
      const response = await fetch(app.url('/anywhere'));
      expect(response.headers.get(REQUEST_ID)).toBe((await app.finished(round + 1))[round]!.requestId);
    }
    expect(Object.keys(head)).toEqual(['x-way']);
  });

  it('once, whoever else has headers in the answer', async () => {
    await using app = await ObservedApp.start(adapter());
    const answer = await answerTo(app.port, 'GET /api/v1/orders/7');
    const [request] = await app.finished(1);
    expect(answer.match(/^x-request-id: .*$/gim)).toEqual([`${REQUEST_ID}: ${request!.requestId}`]);
  });

  it('with a path that cannot be decoded', async () => {
    await using app = await ObservedApp.start(adapter());
    const answer = await answerTo(app.port, 'GET /api/v1/orders/%');
    const [request] = await app.finished(1);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`${REQUEST_ID}: ${request!.requestId}`);
  });
});
