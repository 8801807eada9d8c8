import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AuditModule, AuditTrail } from '@crowsnest/observability/audit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { eventually } from '../support/eventually.ts';
import { type Death, OrderService } from '../support/order-service.ts';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { RunningSamples } from '../support/running-samples.ts';

/** KILL9_ROUNDS=20 is the long form. */
const ROUNDS = Number(process.env.KILL9_ROUNDS ?? 5);
const DEATHS: readonly Death[] = ['the response', 'before the commit', 'during the commit'];
const COMMAND = join(import.meta.dirname, '..', '..', 'libs', 'bin', 'crowsnest-audit.mjs');

interface Item {
  readonly hash: string;
  readonly record: { readonly id: string; readonly seq: number; readonly event: string; readonly outcome: string };
}

/** Runs the command as an operator does. */
function verify(...where: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'verify', ...where], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

async function query(url: string, ...statements: string[]): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const results = [];
    for (const statement of statements) results.push(await client.query<Record<string, string>>(statement));
    return results.at(-1)!.rows;
  } finally {
    await client.end();
  }
}

describe('the audit log of the order service', () => {
  let samples: RunningSamples;

  beforeAll(async () => {
    samples = await RunningSamples.start();
  });

  afterAll(() => samples?.[Symbol.asyncDispose]());

  const items = async (search: string): Promise<Item[]> =>
    ((await (await fetch(samples.managementUrl('order', `/audit?${search}`))).json()) as { items: Item[] }).items;

  const found = (search: string): Promise<Item[]> =>
    eventually(async () => {
      const list = await items(search);
      return list.length > 0 ? list : undefined;
    }, `audit record with ${search}`);

  it('has one record of success for an order that was placed, written in the same transaction', async () => {
    const response = await samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER);
    const { id } = (await response.json()) as { id: string };
    const records = await found(`target=order:${id}`);
    expect(records.map(({ record }) => record)).toMatchObject([
      {
        schema: 'audit.record/1',
        event: 'order.place',
        action: 'PLACE',
        outcome: 'success',
        actor: { id: 'alice', type: 'user' },
        targets: [{ type: 'order', id }],
        trace: { traceId: response.headers.get('x-trace-id') },
        request: { method: 'POST', route: '/orders' },
        service: { name: 'order' },
      },
    ]);
    expect(await (await fetch(samples.managementUrl('order', `/audit/${records[0]!.record.id}`))).json()).toEqual(
      records[0],
    );
  });

  it('has one record of denial, with the actor, for the order of another customer', async () => {
    const placed = await samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER);
    const { id } = (await placed.json()) as { id: string };
    const response = await samples.send('mallory', 'GET', `/api/orders/${id}`);
    expect(response.status).toBe(403);
    await found(`target=${id}&outcome=denied`);
    expect((await items(`target=${id}&actor=mallory`)).map(({ record }) => record)).toMatchObject([
      {
        event: 'order.read',
        outcome: 'denied',
        actor: { id: 'mallory' },
        errorType: 'NotTheConsumer',
        trace: { traceId: response.headers.get('x-trace-id') },
      },
    ]);
  });

  it('has one record of denial for what a guard refused, before any handler was called', async () => {
    const placed = await samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER);
    const { id } = (await placed.json()) as { id: string };
    const authorization = `Bearer ${await samples.token('alice', 'customer')}`;
    const refused = await fetch(samples.url('order', `/orders/${id}/approve`), {
      method: 'POST',
      headers: { authorization },
    });
    expect(refused.status).toBe(403);
    const records = await found(`target=order:${id}&action=order.approve`);
    expect(records.map(({ record }) => record)).toMatchObject([{ outcome: 'denied', actor: { id: 'alice' } }]);
  });

  it('lets verify exit with 0 as it is, and with 1 and the name of the record once a byte of it is edited', async () => {
    await samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER);
    const [{ record }] = (await found('action=order.place')) as [Item];
    expect(await verify('--database', samples.database.url)).toMatchObject({ code: 0 });
    await query(
      samples.database.url,
      'alter table audit_log disable trigger user',
      `update audit_log set record = overlay(record placing 'X' from position('PLACE' in record)) where id = '${record.id}'`,
    );
    const { code, text } = await verify('--database', samples.database.url);
    expect(code).toBe(1);
    expect(text).toContain(`record ${record.seq}, id ${record.id} INVALID: hash value doesn't match`);
  });
});

it('an audit file verifies as it is, and not once a byte of it is edited', async () => {
  await using folder = temporaryDirectory();
  const directory = join(folder.path, 'audit');
  const app = await NestFactory.createApplicationContext(AuditModule.forRoot({ file: { directory } }), {
    logger: false,
  });
  for (const id of [1, 2, 3]) {
    await app.get(AuditTrail).record({ action: 'order.archive', target: { type: 'order', id }, mode: 'strict' });
  }
  await app.close();
  expect(await verify('--file', directory)).toEqual({ code: 0, text: expect.stringContaining('3 records') });
  const file = join(directory, 'audit.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"id":"2"', '"id":"9"'));
  expect(await verify('--file', directory)).toEqual({ code: 1, text: expect.stringContaining('audit.jsonl:2 ') });
  expect((await verify('--file', join(folder.path, 'nowhere'))).code).toBe(3);
  expect((await verify()).code).toBe(2);
});

it(
  `kill -9 between handler and response, ${ROUNDS} times: never an order without its record, nor a record without its order`,
  {
    timeout: 60_000 + ROUNDS * 10_000,
  },
  async () => {
    await using service = await OrderService.prepare();
    const { url } = service.database;
    const count = async (what: string): Promise<number> =>
      Number((await query(url, `select count(*) from ${what}`))[0]!.count);
    const left: Record<string, number[]> = {};
    let orders = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const death = DEATHS[round % DEATHS.length]!;
      await using app = await service.start(death);
      expect(await service.place(app)).toBeUndefined();
      expect(await app.ended).toBe('signal SIGKILL');
      // A commit whose process is gone can still come to pass.
      await eventually(
        async () => (await count(`pg_stat_activity where application_name = 'order'`)) === 0 || undefined,
        'end',
      );
      (left[death] ??= []).push((await count('orders')) - orders);
      orders = await count('orders');
    }
    await using app = await service.start();
    expect(await service.place(app)).toBe(201);

    const told = `select r.record::jsonb #>> '{targets,0,id}' as id, r.record::jsonb ->> 'outcome' as outcome
    from (select record from audit_log union all select entry from audit_outbox) as r
    where r.record::jsonb ->> 'event' = 'order.place' order by 1`;
    const placed = await query(url, 'select id::text as id from orders order by 1');
    expect(await query(url, told)).toEqual(placed.map(({ id }) => ({ id, outcome: 'success' })));
    // The control: where it died decides whether there is an order, so all these rounds were different.
    expect(left['the response']!.every((orders) => orders === 1)).toBe(true);
    expect((left['before the commit'] ?? []).every((orders) => orders === 0)).toBe(true);
    const shown = async () =>
      ((await (await fetch(`${app.pages}/audit?action=order.place`)).json()) as { items: Item[] }).items.length;
    await expect.poll(shown, { timeout: 5_000 }).toBe(placed.length);
    expect(await verify('--database', url)).toMatchObject({ code: 0 });
  },
);
