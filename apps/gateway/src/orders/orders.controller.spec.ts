import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ObservabilityTestingModule, ObservedSignals } from '@crowsnest/observability/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrderServiceClient } from './order-service.client.js';
import { OrdersController } from './orders.controller.js';

const ID = '3f2c1d60-5d0c-4c1e-9d0a-0a2b7f1f5a11';

describe('OrdersController', () => {
  let received: IncomingHttpHeaders[];
  let orderService: Server;
  let gateway: NestFastifyApplication;
  let signals: ObservedSignals;

  beforeEach(async () => {
    received = [];
    orderService = createServer(({ headers }, response) => {
      received.push(headers);
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{}');
    }).listen(0, '127.0.0.1');
    await once(orderService, 'listening');
    const { port } = orderService.address() as AddressInfo;

    const module = await Test.createTestingModule({
      imports: [ObservabilityTestingModule.forRoot({ service: { name: 'gateway' } })],
      controllers: [OrdersController],
      providers: [{ provide: OrderServiceClient, useValue: new OrderServiceClient(`http://127.0.0.1:${port}`) }],
    }).compile();
    gateway = module.createNestApplication(new FastifyAdapter());
    signals = module.get(ObservedSignals).attach(gateway);
    await gateway.init();
  });

  afterEach(async () => {
    await gateway.close();
    orderService.close();
  });

  it('asks the order service in the trace of its caller, and under the id of the request', async () => {
    const { headers } = await gateway.inject(`/orders/${ID}`);
    const request = signals.traced('GET /orders/:id').spanContext();
    const call = signals.traced('GET');
    expect(call.parentSpanContext?.spanId).toBe(request.spanId);
    expect(received).toMatchObject([
      {
        traceparent: `00-${request.traceId}-${call.spanContext().spanId}-01`,
        'x-request-id': headers['x-request-id'],
      },
    ]);
  });

  it('reports an order service that gives no answer, in the trace that the caller is told', async () => {
    orderService.close();
    const { statusCode, headers } = await gateway.inject(`/orders/${ID}`);
    await signals.settled();
    expect(statusCode).toBe(502);
    signals.logged(/^GET \/orders\/:id 502$/, { trace_id: headers['x-trace-id'] });
    expect(signals.reported('BadGatewayException', { traceId: headers['x-trace-id'] }).issue.count).toBe(1);
    expect(await signals.metric('http_client_request_duration_seconds_count')).toBe(1);
  });
});
