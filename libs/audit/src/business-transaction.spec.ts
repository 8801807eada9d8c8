import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuditTrail } from './audit-trail.js';
import { Audited } from './audited.decorator.js';
import { AuditedApp } from './audited-app.fixture.js';
import { AuditDatabases, run } from './stores/postgres.fixture.js';

let databases: AuditDatabases;
let resources = new AsyncDisposableStack();

beforeAll(async () => {
  databases = await AuditDatabases.start();
});

afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

afterAll(() => databases[Symbol.asyncDispose]());

@Injectable()
class Ledger {
  @Audited({ action: 'ledger.note' })
  async note(): Promise<void> {}
}

@Injectable()
class Orders {
  fails: 'within' | 'after' | undefined;

  constructor(
    private readonly trail: AuditTrail,
    private readonly database: DataSource,
    private readonly ledger: Ledger,
  ) {}

  @Audited({
    action: 'order.place',
    target: ({ args: [id], result }) => ({ type: 'order', id: `${id}${result ?? ''}` }),
  })
  async place(id: number): Promise<string> {
    const answer = await this.trail.transaction(this.database, async (manager) => {
      await manager.query('insert into orders (id) values ($1)', [id]);
      await this.ledger.note();
      if (this.fails === 'within') throw new RangeError('no stock');
      return this.trail.transaction(this.database, async (joined) => (joined === manager ? '!' : '?'));
    });
    if (this.fails === 'after') throw new RangeError('no paper');
    return answer;
  }
}

interface Shop {
  readonly orders: Orders;
  readonly url: string;
  readonly database: DataSource;
  told(count: number): Promise<string[]>;
}

async function openShop(): Promise<Shop> {
  const url = await databases.create();
  await run(url, 'create table orders (id int primary key deferrable initially deferred)');
  const database = await new DataSource({ type: 'postgres', url }).initialize();
  resources.defer(() => database.destroy());
  const app = resources.use(
    await AuditedApp.start({
      options: { postgres: { url, sealIntervalMs: 20 } },
      providers: [Orders, Ledger, { provide: DataSource, useValue: database }],
    }),
  );
  const trail = app.nest.get(AuditTrail);
  const told = async (count: number): Promise<string[]> => {
    await expect.poll(async () => (await trail.find()).items.length, { timeout: 5_000 }).toBe(count);
    const { items } = await trail.find();
    return items.map(({ record: { event, outcome, targets, reason } }) =>
      [event, outcome, targets[0]?.id, outcome === 'success' ? undefined : reason].filter(Boolean).join(' '),
    );
  };
  return { orders: app.nest.get(Orders), url, database, told };
}

const ordersIn = async (url: string) => (await run(url, 'select id from orders order by id')).map(({ id }) => id);

describe('AuditTrail.transaction()', () => {
  it('commits the change together with the records of the audited calls around and in it', async () => {
    const { orders, url, told } = await openShop();
    expect(await orders.place(1)).toBe('!');
    expect(await ordersIn(url)).toEqual([1]);
    expect(await told(2)).toEqual(['order.place success 1!', 'ledger.note success']);
    const [same] = await run(url, 'select count(*) as streams, max(seq) as last from audit_log');
    expect(same).toEqual({ streams: '2', last: '2' });
  });

  it('has the record wait in the transaction and nowhere else until the COMMIT', async () => {
    const { orders, url, database } = await openShop();
    const seen: unknown[] = [];
    const transaction = database.transaction.bind(database);
    database.transaction = ((work: (manager: { query(sql: string): Promise<unknown[]> }) => Promise<unknown>) =>
      transaction(async (manager) => {
        const result = await work(manager);
        seen.push(await manager.query('select count(*) as inside from audit_outbox'));
        seen.push(await manager.query('show synchronous_commit'));
        seen.push(await run(url, 'select count(*) as outside from audit_outbox'));
        return result;
      })) as never;
    await orders.place(1);
    expect(seen).toEqual([[{ inside: '2' }], [{ synchronous_commit: 'on' }], [{ outside: '0' }]]);
  });

  it('leaves one record of failure, and no change, when the work fails', async () => {
    const { orders, url, told } = await openShop();
    orders.fails = 'within';
    await expect(orders.place(1)).rejects.toThrow('no stock');
    expect(await ordersIn(url)).toEqual([]);
    expect((await told(2)).sort()).toEqual(
      [
        'ledger.note failure the transaction was rolled back',
        'order.place failure 1 no stock; no actor was named, and there is no request',
      ].map((text) => (text.startsWith('ledger') ? `${text}; no actor was named, and there is no request` : text)),
    );
  });

  it('leaves one record of failure when the database refuses the COMMIT', async () => {
    const { orders, told } = await openShop();
    await orders.place(1);
    await expect(orders.place(1)).rejects.toThrow('duplicate key');
    const outcomes = (await told(4)).map((text) => text.split(' ').slice(0, 2).join(' ')).sort();
    expect(outcomes).toEqual([
      'ledger.note failure',
      'ledger.note success',
      'order.place failure',
      'order.place success',
    ]);
  });

  it('keeps the record of what was committed, even if the call fails afterwards', async () => {
    const { orders, url, told } = await openShop();
    orders.fails = 'after';
    await expect(orders.place(1)).rejects.toThrow('no paper');
    expect(await ordersIn(url)).toEqual([1]);
    expect(await told(2)).toEqual(['order.place success 1!', 'ledger.note success']);
  });

  it('keeps one record when the answer to the COMMIT is lost, that of the transaction if it came to pass', async () => {
    const { orders, database, url, told } = await openShop();
    const transaction = database.transaction.bind(database);
    let isCommitted = true;
    database.transaction = (async (work: never) => {
      if (isCommitted) await transaction(work);
      else await transaction(work).catch(() => undefined);
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    }) as never;
    await expect(orders.place(1)).rejects.toThrow('ECONNRESET');
    expect(await told(2)).toEqual(['order.place success 1!', 'ledger.note success']);

    isCommitted = false;
    await expect(orders.place(1)).rejects.toThrow('ECONNRESET');
    expect((await told(4)).slice(0, 2).sort()).toEqual([
      expect.stringContaining('ledger.note unknown the connection was lost while the transaction committed'),
      expect.stringContaining('order.place unknown 1 the connection was lost while the transaction committed'),
    ]);
    expect(await ordersIn(url)).toEqual([1]);
  });

  it('rolls the change back when its record cannot be written', async () => {
    const { orders, url } = await openShop();
    await run(url, 'alter table audit_outbox rename to audit_outbox_gone');
    await expect(orders.place(1)).rejects.toMatchObject({
      status: 503,
      message: '"ledger.note" cannot be recorded at the moment, so it was not done. Try again later.',
    });
    expect(await ordersIn(url)).toEqual([]);
    await run(url, 'alter table audit_outbox_gone rename to audit_outbox');
  });
});
