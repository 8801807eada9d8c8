import { APP_FILTER } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { FailingController, StockFilter } from './failing.controller.fixture.js';
import { ADAPTERS, TrackedApp } from './tracked-app.fixture.js';

const parts = {
  controllers: [FailingController],
  providers: [{ provide: APP_FILTER, useClass: StockFilter }],
  options: { problemDetails: true },
};

const INTERNALS = /\bat \w+|db\.internal|SELECT|dough|ECONNREFUSED|node_modules/;

describe.each(ADAPTERS)('problem details on %s', (_name, adapter) => {
  it.each<[string, number, object, RequestInit?]>([
    [
      '/bug?token=x',
      500,
      { title: 'Internal Server Error', detail: 'Something went wrong on our side.', instance: '/bug' },
    ],
    ['/text', 500, { detail: 'Something went wrong on our side.' }],
    ['/hidden', 500, { detail: 'Something went wrong on our side.' }],
    ['/gateway', 502, { title: 'Bad Gateway', detail: 'no answer' }],
    [
      '/refusal',
      400,
      {
        title: 'Bad Request',
        detail: 'The request does not have the expected form.',
        errors: ['name must be a string', 'size must be a number'],
      },
    ],
    ['/own', 424, { type: 'https://errors.example/oven', title: 'Oven cold', detail: 'Heat it.' }],
    ['/exposed', 422, { title: 'Unprocessable Entity', detail: 'too sour' }],
    ['/foreign', 500, { title: 'Internal Server Error', detail: 'Something went wrong on our side.' }],
    ['/unexposed', 404, { title: 'Not Found' }],
    ['/denied', 403, { type: 'about:blank', title: 'Forbidden' }],
    ['/unknown/path', 404, { instance: '/unknown/path' }],
    ['/bug', 400, {}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a": ' }],
  ])('answer %s with %i', async (path, status, problem, init) => {
    await using app = await TrackedApp.start({ ...parts, adapter: adapter() });
    const response = await fetch(`${app.url}${path}`, init);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([response.status, JSON.parse(text)]).toEqual([
      status,
      expect.objectContaining({ status, requestId: response.headers.get('x-request-id'), ...problem }),
    ]);
    expect(text).not.toMatch(INTERNALS);
  });

  it('keep the headers that were set, and leave to filters of users what is theirs', async () => {
    await using app = await TrackedApp.start({ ...parts, adapter: adapter() });
    const { headers } = await fetch(`${app.url}/headers`);
    expect([headers.get('www-authenticate'), headers.get('retry-after')]).toEqual(['Bearer realm="kitchen"', '7']);
    expect(await (await fetch(`${app.url}/stock`)).json()).toEqual({ stock: 'empty' });
    expect(await (await fetch(`${app.url}/quiet`)).json()).toEqual({ quiet: true });
  });

  it('cut off an answer that is half out, so that nobody takes it for a whole one', async () => {
    await using app = await TrackedApp.start({ ...parts, adapter: adapter() });
    const response = await fetch(`${app.url}/half`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect((await app.issuesAfter(1)).map(({ title }) => title)).toEqual(['Error: no second half']);
  });
});
