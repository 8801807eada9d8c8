import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Controller, Get, Injectable } from '@nestjs/common';
import { SpanKind, trace } from '@opentelemetry/api';
import { describe, expect, it, vi } from 'vitest';
import { Traced } from './traced.decorator.js';
import { TracedApp } from './traced-app.fixture.js';

@Injectable()
class Kitchen {
  @Traced()
  cook(): void {
    const attributes = {
      'db.system.name': 'postgresql',
      'db.query.text': "SELECT 1 WHERE password = 'hunter2hunter2'",
      'db.query.parameter.0': 'secret value',
      'server.port': 5_432,
      'user.id': '7',
    };
    trace.getTracer('database').startSpan('pg.query', { kind: SpanKind.CLIENT, attributes }).end();
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly kitchen: Kitchen) {}

  @Get(':id')
  read(): string {
    this.kitchen.cook();
    return 'done';
  }
}

const parts = { controllers: [OrdersController], providers: [Kitchen] };

describe('GET /observations', () => {
  it("tells of requests, methods and others' spans, newest first", async () => {
    await using app = await TracedApp.start(parts);
    const response = await app.request('/orders/7');
    await app.ended(3);
    const { items } = await app.observationsPage();
    const traceId = response.headers.get('x-trace-id');
    const [request, method, query] = items as [
      Record<string, unknown>,
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    expect(request).toEqual({
      traceId,
      spanId: app.span('GET /orders/:id').spanContext().spanId,
      name: 'GET /orders/:id',
      kind: 'server',
      startTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      durationMs: expect.any(Number),
      outcome: 'success',
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/orders/:id',
        'http.response.status_code': 200,
        'code.function.name': 'OrdersController.read',
      },
    });
    expect(method).toMatchObject({
      traceId,
      parentSpanId: request['spanId'],
      name: 'Kitchen.cook',
      kind: 'internal',
      attributes: { 'code.function.name': 'Kitchen.cook' },
    });
    expect(query).toMatchObject({ traceId, parentSpanId: method['spanId'], name: 'pg.query', kind: 'client' });
    expect(query['attributes']).toEqual({
      'db.system.name': 'postgresql',
      'db.query.text': expect.not.stringContaining('hunter2'),
      'server.port': 5_432,
    });
    expect(items).toHaveLength(3);
  });

  it('gives pages, orders and single traces', async () => {
    await using app = await TracedApp.start({ ...parts, options: { recent: 7 } });
    const ids: (string | null)[] = [];
    for (let index = 0; index < 3; index++) ids.push((await app.request('/orders/7')).headers.get('x-trace-id'));
    await app.ended(9);
    const all = await app.observationsPage('?limit=1000');
    expect([all.items.length, all.next]).toEqual([7, undefined]);
    const first = await app.observationsPage('?limit=4');
    const second = await app.observationsPage(`?limit=4&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.next).toBe(undefined);
    const slowest = await app.observationsPage('?order=slowest');
    const durations = slowest.items.map((item) => Number(item['durationMs']));
    expect(durations).toEqual(durations.toSorted((one, other) => other - one));
    expect((await app.observationsPage(`?traceId=${ids[1]?.toUpperCase()}`)).items).toHaveLength(3);
    expect((await app.observationsPage(`?traceId=${'0'.repeat(32)}`)).items).toEqual([]);
  });

  it('keeps no request alive that it tells of', async () => {
    await using app = await TracedApp.start(parts);
    const kept: object[] = [];
    const seen: WeakRef<object>[] = [];
    app.observations.register({
      component: 'spec',
      aspects: [],
      stopped(observation) {
        if (observation.kind !== 'http.server') return;
        seen.push(new WeakRef(observation));
        // The control: what somebody keeps is still there.
        if (seen.length <= 3) kept.push(observation);
      },
    });
    for (let index = 0; index < 10; index++) await app.request('/orders/7');
    await app.ended(30);
    expect((await app.observationsPage()).items).toHaveLength(30);
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await vi.waitFor(() => {
      collectGarbage();
      const alive = seen.flatMap((reference, index) => (reference.deref() === undefined ? [] : [index]));
      // Node itself holds on to the last one of each connection.
      expect(alive.filter((index) => index < 7)).toEqual([0, 1, 2]);
    });
    expect(kept).toHaveLength(3);
  });

  it.each([
    ['?limit=0', 'limit is "0". Use a whole number from 1 to 1000.'],
    ['?limit=many', 'limit is "many". Use a whole number from 1 to 1000.'],
    ['?order=oldest', 'order is "oldest". Use one of newest, slowest, failed.'],
    ['?after=-1', 'after is "-1". Use the value of "next" in the page before.'],
  ])('refuses %s', async (query, detail) => {
    await using app = await TracedApp.start(parts);
    expect(await app.observationsPage(query)).toMatchObject({ status: 400, detail });
  });
});
