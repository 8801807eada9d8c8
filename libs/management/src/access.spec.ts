import { describe, expect, it } from 'vitest';
import type { ManagementEndpoint } from './management-endpoint.js';
import type { ManagementOptions } from './management.options.js';
import { type RawRequest, write } from './raw-request.fixture.js';
import { ServedPages } from './served-pages.fixture.js';

const TOKEN = 'a-token-of-20-letters';
const PAGES: ManagementEndpoint[] = [
  { method: 'GET', path: '/metrics', handle: () => ({ body: 'up 1' }) },
  { method: 'POST', path: '/metrics', handle: () => ({ body: 'reset' }) },
  { method: 'GET', path: '/banner', access: 'none', handle: () => ({ body: 'hello' }) },
  { method: 'GET', path: '/heap', access: 'write', handle: () => ({ body: 'heap' }) },
];

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const get = (headers: Record<string, string> = {}): RawRequest => ({ headers });

async function statusOf(options: ManagementOptions, path: string, request: RawRequest): Promise<number | undefined> {
  await using pages = await ServedPages.start(PAGES, options);
  return (await pages.send(path, request)).status;
}

describe('Access', () => {
  describe('when neither token nor authorize is set', () => {
    it.each([
      ['reads from this machine', '/metrics', get(), 200],
      ['writes from this machine', '/metrics', write({}), 200],
      ['a read under a foreign name', '/metrics', get({ host: 'evil.example' }), 421],
      ['a write under a foreign name', '/metrics', write({}, { host: 'evil.example' }), 421],
      ['a page for everybody under a foreign name', '/banner', get({ host: 'evil.example' }), 200],
      ['a read through a proxy', '/metrics', get({ 'x-forwarded-for': '203.0.113.7' }), 403],
    ])('answers %s', async (_what, path, request, status) => {
      expect(await statusOf({}, path, request)).toBe(status);
    });
  });

  describe('when a token is set', () => {
    it.each([
      ['nothing', '/metrics', get(), 401],
      ['the token', '/metrics', get(bearer(TOKEN)), 200],
      ['the token and a scheme in lower case', '/metrics', get({ authorization: `bearer ${TOKEN}` }), 200],
      ['the token for a write', '/metrics', write({}, bearer(TOKEN)), 200],
      [
        'the token for a write under a foreign name',
        '/metrics',
        write({}, { ...bearer(TOKEN), host: 'evil.example' }),
        421,
      ],
      ['the token for a read under a foreign name', '/metrics', get({ ...bearer(TOKEN), host: 'evil.example' }), 200],
      ['a token that is too long', '/metrics', get(bearer(`${TOKEN}x`)), 401],
      ['a token that is too short', '/metrics', get(bearer(TOKEN.slice(1))), 401],
      ['an empty token', '/metrics', get({ authorization: 'Bearer ' }), 401],
      ['another scheme', '/metrics', get({ authorization: `Basic ${TOKEN}` }), 401],
      ['nothing for a page for everybody', '/banner', get(), 200],
    ])('answers a caller with %s', async (_what, path, request, status) => {
      expect(await statusOf({ token: TOKEN }, path, request)).toBe(status);
    });

    it('says how to identify oneself', async () => {
      await using pages = await ServedPages.start(PAGES, { token: TOKEN });
      const { headers, json } = await pages.send('/metrics');
      expect(headers).toMatchObject({
        'www-authenticate': 'Bearer realm="management"',
        'content-type': 'application/problem+json',
      });
      expect(json()).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    });

    it('lets anybody read anonymous paths, and only read', async () => {
      const options = { token: TOKEN, anonymous: ['/metrics', '/heap'] };
      expect(await statusOf(options, '/metrics', get())).toBe(200);
      expect(await statusOf(options, '/metrics', write({}))).toBe(401);
      expect(await statusOf(options, '/heap', get())).toBe(401);
    });
  });

  describe('when authorize is set', () => {
    const options: ManagementOptions = {
      authorize: async ({ headers }) => (headers['x-role'] ?? 'none') as 'none' | 'read' | 'write',
    };

    it.each([
      ['nobody', '/metrics', get(), 401],
      ['a reader', '/metrics', get({ 'x-role': 'read' }), 200],
      ['a reader who writes', '/metrics', write({}, { 'x-role': 'read' }), 403],
      ['a reader on a page that needs more', '/heap', get({ 'x-role': 'read' }), 403],
      ['a writer', '/metrics', write({}, { 'x-role': 'write' }), 200],
      ['somebody it does not know how to judge', '/metrics', get({ 'x-role': 'admin' }), 500],
    ])('answers %s', async (_who, path, request, status) => {
      expect(await statusOf(options, path, request)).toBe(status);
    });

    it('asks it about callers without the token', async () => {
      const both: ManagementOptions = { ...options, token: TOKEN };
      expect(await statusOf(both, '/metrics', write({}, bearer(TOKEN)))).toBe(200);
      expect(await statusOf(both, '/metrics', get({ 'x-role': 'read' }))).toBe(200);
      expect(await statusOf(both, '/metrics', get())).toBe(401);
    });

    it('lets nobody in when it fails', async () => {
      const authorize = async (): Promise<never> => Promise.reject(new Error('directory down'));
      expect(await statusOf({ authorize }, '/metrics', get())).toBe(500);
    });
  });

  it('takes writes under a name that is listed', async () => {
    expect(await statusOf({ hosts: ['ops.example'] }, '/metrics', write({}, { host: 'ops.example' }))).toBe(200);
  });
});
