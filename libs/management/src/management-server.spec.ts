import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import type { ManagementEndpoint } from './management-endpoint.js';
import { ServedPages } from './served-pages.fixture.js';

const SLOW: ManagementEndpoint = { method: 'GET', path: '/slow', handle: () => sleep(150, { body: 'done' }) };
const NEVER: ManagementEndpoint = { method: 'GET', path: '/never', handle: () => new Promise(() => {}) };

async function occupy(port = 0): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = (): Promise<void> => new Promise((closed) => void server.close(() => closed()));
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}

describe('ManagementServer', () => {
  afterEach(() => Logger.overrideLogger(false));

  it('takes the next free port when one is taken, and prints the one it has', async () => {
    const lines: string[] = [];
    Logger.overrideLogger({ log: (line: string) => lines.push(line), warn: () => {}, error: () => {} });
    await using taken = await occupy();
    await using pages = await ServedPages.start([], { port: taken.port });
    const port = Number(new URL(pages.server.url!).port);
    expect(port).toBeGreaterThan(taken.port);
    expect(lines).toEqual([`Operators' pages: http://127.0.0.1:${port} (${taken.port} is taken)`]);
  });

  it('says what is wrong with an address that is not of this machine', async () => {
    const start = ServedPages.start([], { host: '192.0.2.1', token: 'a-token-of-20-letters' });
    await expect(start).rejects.toThrow(/^ManagementModule: host '192\.0\.2\.1' and port 0 cannot be listened on: /);
  });

  it('listens on IPv6', async () => {
    await using pages = await ServedPages.start([SLOW], { host: '::1' });
    expect(pages.server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await pages.send('/slow')).text).toBe('done');
  });

  it('finishes what is under way and gives the port back', async () => {
    const pages = await ServedPages.start([SLOW]);
    const port = Number(new URL(pages.server.url!).port);
    const answer = pages.send('/slow');
    await sleep(50);
    await pages.server.close();
    expect((await answer).text).toBe('done');
    expect(pages.server.url).toBeUndefined();
    await using again = await occupy(port);
    expect(again.port).toBe(port);
  });

  it('does not wait for idle connections or endless pages', async () => {
    const pages = await ServedPages.start([NEVER]);
    const { hostname, port } = new URL(pages.server.url!);
    const idle = connect(Number(port), hostname);
    await once(idle, 'connect');
    const answer = pages.send('/never').catch(String);
    await sleep(50);
    const begin = performance.now();
    await pages.server.close();
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(await answer).toBe('Error: socket hang up');
    if (!idle.closed) await once(idle, 'close');
  });

  it('closes once, and without having been opened', async () => {
    const pages = await ServedPages.start([]);
    await pages.server.close();
    await expect(pages.server.close()).resolves.toBeUndefined();
  });

  it.each([
    ['too large headers', { 'x-large': 'x'.repeat(17_000) }],
    ['too many headers', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1']))],
  ])('refuses %s', async (_what, headers) => {
    await using pages = await ServedPages.start([SLOW]);
    expect((await pages.send('/slow', { headers })).status).toBe(431);
  });
});
