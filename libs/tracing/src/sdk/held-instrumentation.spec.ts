import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// A real server is what this is about, and the tools of the project have one.
// oxlint-disable-next-line no-restricted-imports
import { type EmbeddedPostgres, startPostgres } from '../../../../tools/embedded-postgres.js';
import { ADAPTERS, TracedApp } from '../traced-app.fixture.js';

let database: EmbeddedPostgres;
let pool: pg.Pool;

@Controller()
class StockController {
  @Get('stock')
  async stock(): Promise<number> {
    const { rows } = await pool.query<{ sum: number }>('SELECT 40 + $1::int AS sum', [2]);
    return rows[0]!.sum;
  }
}

const controllers = [StockController];
const withPg = (): { instrumentations: PgInstrumentation[] } => ({ instrumentations: [new PgInstrumentation()] });

/** The spans that the driver's instrumentation made. */
async function driverSpans(app: TracedApp, requests = 1): Promise<string[]> {
  for (let index = 0; index < requests; index++) expect((await app.request('/stock')).status).toBe(200);
  const spans = await app.ended(1);
  const own = spans.filter(({ instrumentationScope }) => instrumentationScope.name.endsWith('instrumentation-pg'));
  return own.map(({ name }) => name);
}

describe('An instrumentation of pg, which was imported long before', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'crowsnest-tracing-'));
    database = await startPostgres({ dataDir: directory, say: () => {} });
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
    pool.on('error', () => {});
    await pool.query('SELECT 1');
  });
  afterAll(async () => {
    await pool?.end();
    await database?.stop();
    // The server's account may not reach the directory, and then the data is somewhere else.
    for (const path of [directory, database?.dataDir ?? directory]) await rm(path, { recursive: true, force: true });
  });

  it.each(ADAPTERS)('makes spans below that of the request on %s', async (_, adapter) => {
    await using app = await TracedApp.start({ adapter: adapter(), controllers, options: withPg() });
    expect(await driverSpans(app)).toEqual(['pg-pool.connect', 'pg.query:SELECT orders']);
    const [query, request] = [app.span('pg.query:SELECT orders'), app.span('GET /stock')];
    expect(query.kind).toBe(SpanKind.CLIENT);
    expect(query.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    const { items } = await app.observationsPage(`?traceId=${request.spanContext().traceId}`);
    expect(items.map((item) => item['name'])).toEqual(['GET /stock', 'pg.query:SELECT orders', 'pg-pool.connect']);
    expect(items[1]).toMatchObject({
      kind: 'client',
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 40 + $1::int AS sum' },
    });
  });

  it('leaves the driver as it was when the app has closed', async () => {
    const { query } = pg.Client.prototype;
    {
      await using app = await TracedApp.start({ controllers, options: withPg() });
      expect(await driverSpans(app)).toHaveLength(2);
      expect(pg.Client.prototype.query).not.toBe(query);
    }
    expect(pg.Client.prototype.query).toBe(query);
  });

  it('makes each span once for two apps, and for the right one', async () => {
    const order = await TracedApp.start({ controllers, options: withPg(), service: 'order' });
    const second = new PgInstrumentation();
    const options = { instrumentations: [second] };
    await using gateway = await TracedApp.start({ controllers, options, service: 'gateway' });
    expect(second.isEnabled()).toBe(false);
    expect([await driverSpans(order), await driverSpans(gateway)]).toEqual([
      ['pg-pool.connect', 'pg.query:SELECT orders'],
      ['pg-pool.connect', 'pg.query:SELECT orders'],
    ]);
    await order[Symbol.asyncDispose]();
    gateway.collected.spans.splice(0);
    expect(await driverSpans(gateway)).toHaveLength(2);
  });

  it('makes no spans of unsampled requests', async () => {
    await using app = await TracedApp.start({ controllers, options: { ...withPg(), sampling: 'never' } });
    await app.request('/stock');
    expect(await app.ended(0)).toEqual([]);
  });
});
