import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadGatewayException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { OrderServiceClient } from './order-service.client.js';

const ID = '3f2c1d60-5d0c-4c1e-9d0a-0a2b7f1f5a11';
const CALLER = { authorization: 'Bearer t', 'idempotency-key': 'k-1' };

async function orderService(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    client: new OrderServiceClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

describe('OrderServiceClient', () => {
  it('hands on the headers of the caller and the order', async () => {
    const received: unknown[] = [];
    await using service = await orderService(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      received.push(
        request.method,
        request.url,
        request.headers.authorization,
        request.headers['idempotency-key'],
        body,
      );
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    });
    const order = { consumerId: 'ada', items: [{ sku: 'garlic-naan', quantity: 2, unitPrice: 2.99 }] };
    await service.client.place(CALLER, order);
    expect(received).toEqual(['POST', '/orders', 'Bearer t', 'k-1', JSON.stringify(order)]);
  });

  it('leaves out of a query what the caller left out', async () => {
    const urls: unknown[] = [];
    await using service = await orderService((request, response) => {
      urls.push(request.url);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await service.client.list(CALLER, { consumerId: 'ada & co', limit: 5 });
    await service.client.list(CALLER, {});
    expect(urls).toEqual(['/orders?consumerId=ada+%26+co&limit=5', '/orders?']);
  });

  it('passes on a problem as it is', async () => {
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '3', server: 'order.internal' };
    await using service = await orderService((_, response) => response.writeHead(409, headers).end('{"status":409}'));
    const answer = await service.client.decide(CALLER, ID, 'cancel');
    expect(answer).toMatchObject({ status: 409, body: '{"status":409}' });
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'application/problem+json',
      'retry-after': '3',
    });
  });

  it.each<[string, RequestListener]>([
    [
      'that is not JSON',
      (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>proxy</h1>'),
    ],
    ['that redirects', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['that breaks off', (_, response) => response.destroy()],
    [
      'that breaks off within its body',
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).write('{', () => response.destroy()),
    ],
  ])('is a bad gateway for an answer %s', async (_, listener) => {
    await using service = await orderService(listener);
    await expect(service.client.read(CALLER, ID)).rejects.toThrow(BadGatewayException);
  });
});
