import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { describeHealthIndicator } from '../health-indicator.contract.js';
import { HttpIndicator } from './http.indicator.js';

/** Another service, which can go away and come back at the same address. */
class OtherService implements AsyncDisposable {
  readonly asked: IncomingMessage[] = [];
  #server = createServer();
  #port = 0;

  constructor(private readonly answer: (outgoing: ServerResponse) => void = (outgoing) => outgoing.end('ok')) {}

  async open(): Promise<this> {
    this.#server = createServer((incoming, outgoing) => {
      this.asked.push(incoming);
      this.answer(outgoing);
    });
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/health/ready`;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

describeHealthIndicator('another service', async () => {
  const service = await new OtherService().open();
  return {
    indicator: new HttpIndicator('other', service.url),
    takeAway: () => service.close(),
    giveBack: async () => void (await service.open()),
    [Symbol.asyncDispose]: () => service.close(),
  };
});

const within = (timeoutMs: number): AbortSignal => AbortSignal.timeout(timeoutMs);

describe('HttpIndicator', () => {
  it.each([
    [204, 'up'],
    [404, 'down'],
    [503, 'down'],
  ] as const)('takes %i for %s and tells the status code', async (statusCode, status) => {
    await using service = await new OtherService((outgoing) => outgoing.writeHead(statusCode).end()).open();
    expect(await new HttpIndicator('other', service.url).check(within(2_000))).toEqual({
      status,
      details: { statusCode },
    });
  });

  it('sends what it was told to send and takes another judgement of the status', async () => {
    await using service = await new OtherService((outgoing) => outgoing.writeHead(401).end()).open();
    const options = { headers: { authorization: 'Bearer x' }, isWell: (status: number) => status === 401 };
    expect(await new HttpIndicator('other', service.url, options).check(within(2_000))).toMatchObject({ status: 'up' });
    expect(service.asked[0]!.headers.authorization).toBe('Bearer x');
  });

  it('follows no redirect', async () => {
    await using target = await new OtherService().open();
    await using service = await new OtherService((outgoing) =>
      outgoing.writeHead(302, { location: target.url }).end(),
    ).open();
    expect(await new HttpIndicator('other', service.url).check(within(2_000))).toMatchObject({ status: 'down' });
    expect(target.asked).toEqual([]);
    // The control: the target is well where it is asked itself.
    expect(await new HttpIndicator('target', target.url).check(within(2_000))).toMatchObject({ status: 'up' });
  });

  it('gives up when its signal says so, and reads no endless body', async () => {
    await using silent = await new OtherService(() => undefined).open();
    await expect(new HttpIndicator('other', silent.url).check(within(50))).rejects.toThrow(/timeout/);
    await using endless = await new OtherService((outgoing) => {
      const write = (): void => void (outgoing.destroyed || (outgoing.write('x'.repeat(65_536)), setImmediate(write)));
      write();
    }).open();
    expect(await new HttpIndicator('other', endless.url).check(within(2_000))).toMatchObject({ status: 'up' });
  });

  it.each([
    ['ftp://order/health', 'has an address that is no HTTP URL'],
    ['nowhere', 'has an address that is no HTTP URL'],
    ['http://user:secret@order/health', 'has credentials in its address'],
    ['http://169.254.169.254/latest/meta-data', 'asks a link-local address'],
    ['http://[fe80::1]/', 'asks a link-local address'],
    ['http://2852039166/', 'asks a link-local address'],
  ])('refuses %s at start, without showing it', (url, reason) => {
    const attempt = (): unknown => new HttpIndicator('other', url);
    expect(attempt).toThrow(`HealthModule: the check "other" ${reason}`);
    expect(attempt).not.toThrow(/secret|169\.254/);
  });
});
