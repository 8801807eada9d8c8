import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrackedApp } from './tracked-app.fixture.js';

let app: TrackedApp;

beforeAll(async () => {
  app = await TrackedApp.start();
  for (const job of ['bake', 'pack', 'ship']) app.tracker.track(new Error(job), { fingerprint: job, tags: { job } });
});

afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
});

interface Page {
  items: { title: string; id: string }[];
  next?: string;
}

describe('GET /exceptions', () => {
  it('lists issues newest first, page by page', async () => {
    const first = (await (await app.page('/exceptions?limit=2')).json()) as Page;
    expect(first.items.map(({ title }) => title)).toEqual(['Error: ship', 'Error: pack']);
    const second = (await (await app.page(`/exceptions?limit=2&after=${first.next}`)).json()) as Page;
    expect(second.items.map(({ title }) => title)).toEqual(['Error: bake']);
    expect('next' in second).toBe(false);
  });

  it('tells what an issue is, and on its own page all about it', async () => {
    const [issue] = await app.issues('?limit=1');
    expect(issue).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      title: 'Error: ship',
      type: 'Error',
      count: 1,
      state: 'new',
      firstSeen: expect.stringMatching(/^\d{4}-.*Z$/),
      lastSeen: expect.stringMatching(/^\d{4}-.*Z$/),
      traceIds: [],
    });
    expect(await app.issue(issue!.id)).toMatchObject({
      ...issue,
      history: [{ state: 'new', at: expect.any(String) }],
      grouping: { version: 1, by: 'fingerprint', parts: ['ship'] },
      event: { mechanism: 'tracked', handled: true, tags: { job: 'ship' }, thrown: [{ message: 'ship' }] },
    });
  });

  it.each([
    ['limit=0', 'limit is "0". Use a whole number from 1 to 1000.'],
    ['limit=many', 'limit is "many".'],
    ['after=x', 'after is "x". Use the value of "next" in the page before.'],
    ['state=odd', 'state is "odd". Use one of new, ongoing, resolved, regressed, ignored.'],
  ])('refuses %s with the way out', async (query, detail) => {
    const response = await app.page(`/exceptions?${query}`);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, detail: expect.stringContaining(detail) });
  });
});

describe('POST /exceptions/<id>', () => {
  it('resolves, and what comes back after that has regressed', async () => {
    const id = app.tracker.track(new Error('boil'), { fingerprint: 'boil' })!;
    const resolved = await app.write(`/exceptions/${id}/resolve`);
    expect([resolved.status, await resolved.json()]).toEqual([200, expect.objectContaining({ id, state: 'resolved' })]);
    expect((await app.issues('?state=resolved')).map((issue) => issue.id)).toEqual([id]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    app.tracker.track(new Error('boil'), { fingerprint: 'boil' });
    expect(await app.issue(id)).toMatchObject({ state: 'regressed', count: 2 });
  });

  it('ignores, and goes on counting', async () => {
    const id = app.tracker.track(new Error('steam'), { fingerprint: 'steam' })!;
    expect(await (await app.write(`/exceptions/${id}/ignore`)).json()).toMatchObject({ state: 'ignored' });
    app.tracker.track(new Error('steam'), { fingerprint: 'steam' });
    expect(await app.issue(id)).toMatchObject({ state: 'ignored', count: 2 });
  });

  it('knows no other issues, and takes nothing from a foreign page', async () => {
    const unknown = await app.write('/exceptions/0000/resolve');
    expect([unknown.status, await unknown.json()]).toEqual([404, expect.objectContaining({ status: 404 })]);
    expect((await app.page('/exceptions/0000')).status).toBe(404);
    const [issue] = await app.issues();
    expect((await app.write(`/exceptions/${issue!.id}/resolve`, 'text/plain')).status).toBe(415);
  });
});
