import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endingApp } from '../support/json-process.ts';

const FATAL = 60;

describe('a signal', () => {
  it('lets a request finish before users close their databases, and exits 0', async () => {
    await using app = endingApp('politely');
    const answer = fetch(`${await app.url()}/wait`);
    await sleep(100);
    app.kill('SIGTERM');
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    expect(await app.ended).toEqual([0, null]);
    const order = app.lines.map(({ msg }) => msg).filter((msg) => /wait 200|database/.test(msg));
    expect(order).toEqual(['GET /wait 200', 'closing the database']);
  });

  it('that comes a second time exits 1 at once', async () => {
    await using app = endingApp('hang');
    await app.url();
    app.kill('SIGTERM');
    await sleep(200);
    app.kill('SIGTERM');
    expect(await app.ended).toEqual([1, null]);
  });

  it('that Nest listens to as well is warned about', async () => {
    await using app = endingApp('hooks');
    await app.url();
    expect(await app.line(({ msg }) => msg.includes('enableShutdownHooks'), 'warning about the hooks')).toBeDefined();
  });
});

describe('an exception that nobody caught', () => {
  it.each(['crash', 'reject'])('is written out as a fatal line and exits 1 (%s)', async (path) => {
    await using app = endingApp('abruptly');
    expect((await fetch(`${await app.url()}/${path}`)).status).toBe(200);
    expect(await app.ended).toEqual([1, null]);
    const fatal = app.lines.filter(({ level }) => level === FATAL);
    expect(fatal).toEqual([expect.objectContaining({ err: expect.objectContaining({ type: 'RangeError' }) })]);
  });
});

describe('an app that cannot start', () => {
  it.each([
    ['misconfigured', 'lifecycle.drainMs is soon. Give milliseconds, 0 or more.'],
    ['mistyped', '"metrix" is no option. Use one of'],
  ])('says why in one fatal JSON line and exits 1 (%s)', async (ending, reason) => {
    await using app = endingApp(ending);
    expect(await app.ended).toEqual([1, null]);
    expect(app.lines.filter(({ level }) => level === FATAL).map(({ err }) => err?.message)).toEqual([
      expect.stringContaining(reason),
    ]);
    expect(app.notJson).toEqual([]);
  });
});
