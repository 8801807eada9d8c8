import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { currentApp, currentFrame } from '#observation';
import type { ManagementEndpoint } from './management-endpoint.js';
import { problem } from './problem.js';
import { type RawRequest, write } from './raw-request.fixture.js';
import { ServedPages } from './served-pages.fixture.js';

const PAGES: ManagementEndpoint[] = [
  { method: 'GET', path: '/plain', handle: () => ({ body: 'up 1' }) },
  { method: 'GET', path: '/json', handle: () => ({ status: 203, headers: { 'X-Page': 'json' }, body: { ok: true } }) },
  { method: 'GET', path: '/empty', handle: () => ({ status: 204 }) },
  { method: 'GET', path: '/typed', handle: () => ({ headers: { 'Content-Type': 'text/csv' }, body: 'a,b' }) },
  { method: 'GET', path: '/missing', handle: () => problem(404, 'No such logger.') },
  { method: 'GET', path: '/echo/:name', handle: ({ params, query }) => ({ body: { ...params, q: query.get('q') } }) },
  { method: 'POST', path: '/echo/:name', handle: ({ params, body }) => ({ body: { ...params, body } }) },
  { method: 'PUT', path: '/echo/:name', handle: async ({ body }) => ({ body: { put: body } }) },
  { method: 'GET', path: '/throws', handle: () => Promise.reject(new Error('secret internals')) },
  { method: 'GET', path: '/circle', handle: () => ({ body: { big: 1n } }) },
  { method: 'GET', path: '/header', handle: () => ({ headers: { 'x-broken': 'a\nb' }, body: 'never' }) },
];

const pagesWith = (request?: RawRequest) => async (path: string) => {
  await using pages = await ServedPages.start(PAGES);
  return await pages.send(path, request);
};

describe('ManagementListener', () => {
  it.each([
    ['/plain', 200, 'text/plain; charset=utf-8', 'up 1'],
    ['/json', 203, 'application/json', '{"ok":true}'],
    ['/typed', 200, 'text/csv', 'a,b'],
    ['/empty', 204, undefined, ''],
    ['/echo/a%20b?q=1&q=2', 200, 'application/json', '{"name":"a b","q":"1"}'],
    ['/missing', 404, 'application/problem+json', expect.stringContaining('"detail":"No such logger."')],
    ['/elsewhere', 404, 'application/problem+json', expect.stringContaining('"status":404')],
    ['//plain', 404, 'application/problem+json', expect.any(String)],
  ])('answers GET %s', async (path, status, type, body) => {
    const answer = await pagesWith()(path);
    expect(answer).toMatchObject({ status, text: body });
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const { status, headers, text: body } = await pagesWith({ method: 'HEAD' })('/plain');
    expect({ status, body, length: headers['content-length'] }).toEqual({ status: 200, body: '', length: '4' });
  });

  it('tells which methods a page takes', async () => {
    const { status, headers, json } = await pagesWith({ method: 'DELETE' })('/echo/a');
    expect(status).toBe(405);
    expect(String(headers['allow']).split(', ').sort()).toEqual(['GET', 'HEAD', 'POST', 'PUT']);
    expect(json()).toMatchObject({ type: 'about:blank', title: 'Method Not Allowed', status: 405 });
  });

  it.each<[string, RawRequest, number, unknown]>([
    ['a JSON body', write({ level: 'debug' }), 200, { name: 'a', body: { level: 'debug' } }],
    ['a JSON body with PUT', { ...write([1]), method: 'PUT' }, 200, { put: [1] }],
    ['no body', write(undefined), 200, { name: 'a' }],
    ['a charset', write(1, { 'content-type': 'Application/JSON; charset=utf-8' }), 200, { name: 'a', body: 1 }],
    ['a body of 64 KiB', write('x'.repeat(65_534)), 200, { name: 'a', body: 'x'.repeat(65_534) }],
    ['a larger body', write('x'.repeat(65_535)), 413, { title: 'Payload Too Large' }],
    ['a body of 5 MB', write('x'.repeat(5_000_000)), 413, { title: 'Payload Too Large' }],
    ['broken JSON', { ...write(1), body: '{"level":' }, 400, { detail: 'The body is not valid JSON.' }],
    ['a form', write(1, { 'content-type': 'application/x-www-form-urlencoded' }), 415, { status: 415 }],
    ['the type that scripts may send', write(1, { 'content-type': 'text/plain;application/json' }), 415, {}],
    ['no type and no body', { method: 'POST' }, 415, { title: 'Unsupported Media Type' }],
  ])('answers a write with %s', async (_what, request, status, body) => {
    const answer = await pagesWith(request)('/echo/a');
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject(body as object);
  });

  it.each(['/throws', '/circle', '/header'])('counts a failure of %s and keeps its reason to itself', async (path) => {
    await using pages = await ServedPages.start(PAGES);
    const { status, text: body, headers } = await pages.send(path);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 500, type: 'application/problem+json' });
    expect(body).not.toMatch(/secret|BigInt|broken|at /);
    expect(pages.observations.internalErrors.counts().get('management')).toBe(1);
  });

  it('does not count what callers do wrong', async () => {
    await using pages = await ServedPages.start(PAGES);
    await pages.send('/elsewhere');
    await pages.send('/echo/a', { ...write(1), body: '{' });
    expect(pages.observations.internalErrors.counts().size).toBe(0);
  });

  it('survives a client that leaves in the middle of its body', async () => {
    await using pages = await ServedPages.start(PAGES);
    const { hostname, port } = new URL(pages.server.url!);
    const socket = connect(Number(port), hostname);
    socket.end(
      'POST /echo/a HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await text(socket);
    expect((await pages.send('/plain')).status).toBe(200);
    expect(pages.observations.internalErrors.counts().size).toBe(0);
  });

  it('runs a page for its own app and as nobody’s traffic', async () => {
    const seen: unknown[] = [];
    const page: ManagementEndpoint = {
      method: 'GET',
      path: '/who',
      handle: async () => {
        await Promise.resolve();
        seen.push(currentApp(), currentFrame()?.suppressed);
        return {};
      },
    };
    await using pages = await ServedPages.start([page]);
    await pages.send('/who');
    expect(seen).toEqual([pages.observations, true]);
  });
});
