import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { anEntry } from '../audit-entry.fixture.js';
import { describeAuditStore } from '../audit-store.contract.js';
import { runCommand } from '../cli/run-command.js';
import { verifyDatabase } from '../verify/verify-database.js';
import { PostgresStore } from './postgres.store.js';
import { AuditDatabases, run } from './postgres.fixture.js';
import { AUDIT_TABLES } from './postgres/audit-tables.js';

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

async function openOn(url: string, stream = 'orders', errors: unknown[] = []): Promise<PostgresStore> {
  const onError = (error: unknown): void => void errors.push(error);
  const store = await PostgresStore.open({ url, stream, sealIntervalMs: 20, onError });
  resources.defer(() => store.close());
  return store;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  resources.defer(() => client.end());
  return client;
}

describeAuditStore('PostgresStore', async () => openOn(await databases.create()));

const eventsIn = async (store: PostgresStore): Promise<string[]> =>
  (await store.find({ limit: 1_000 })).items.map(({ record }) => record.event);

async function verify(url: string): Promise<string> {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  return `${await runCommand(['verify', '--database', url], {}, { out: take, err: take })} ${lines[0]}`;
}

describe('PostgresStore', () => {
  it('makes the COMMIT of a transaction wait for the disk, whatever the session said', async () => {
    const url = await databases.create();
    const store = await openOn(url);
    const client = await connect(url);
    const setting = async () => (await client.query('show synchronous_commit')).rows[0].synchronous_commit;
    await client.query('set synchronous_commit = off');
    await client.query('begin');
    expect(await setting()).toBe('off');
    await store.append([anEntry({ event: 'kept' })], client);
    expect(await setting()).toBe('on');
    await client.query('commit');
    expect(await setting()).toBe('off');
    expect(await eventsIn(store)).toEqual(['kept']);
  });

  it('keeps nothing of a transaction that is rolled back', async () => {
    const url = await databases.create();
    const store = await openOn(url);
    const client = await connect(url);
    await client.query('begin');
    await store.append([anEntry()], client);
    await client.query('rollback');
    expect(await eventsIn(store)).toEqual([]);
  });

  it('passes over no record that is committed late', async () => {
    const url = await databases.create();
    const store = await openOn(url);
    const slow = await connect(url);
    await slow.query('begin');
    await store.append([anEntry({ event: 'late' })], slow);
    await store.append([anEntry({ event: 'early' })]);
    expect(await eventsIn(store)).toEqual([]);
    expect((await run(url, 'select count(*) as waiting from audit_outbox'))[0]).toEqual({ waiting: '1' });
    await slow.query('commit');
    expect(await eventsIn(store)).toEqual(['early', 'late']);
  });

  it('loses and doubles none of what many transactions commit at once, with two processes that seal', async () => {
    const url = await databases.create();
    const stores = [await openOn(url), await openOn(url)];
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(url)));
    const committed: string[] = [];
    await Promise.all(
      clients.map(async (client, index) => {
        for (let round = 0; round < 25; round += 1) {
          const entry = anEntry({ event: `w${index}.${round}` });
          await client.query('begin');
          await stores[index % 2]!.append([entry], client);
          await client.query('select pg_sleep($1)', [((index * 7 + round) % 5) / 1_000]);
          await client.query('commit');
          committed.push(entry.event);
        }
      }),
    );
    await expect.poll(async () => (await eventsIn(stores[0]!)).length, { timeout: 5_000 }).toBe(committed.length);
    expect((await eventsIn(stores[1]!)).sort()).toEqual(committed.sort());
    expect(await verifyDatabase(url)).toEqual({ records: 200, streams: 1, notes: [] });
  });

  it('keeps what comes twice under one id once, also when the first is sealed already', async () => {
    const store = await openOn(await databases.create());
    const entry = anEntry();
    await store.append([entry, entry]);
    await store.append([entry]);
    expect(await eventsIn(store)).toHaveLength(1);
    await store.append([entry, anEntry({ event: 'other' })]);
    expect(await eventsIn(store)).toEqual(['other', 'order.place']);
  });

  it('seals all entries around those that cannot be, leaves these, and tells of each of them once', async () => {
    const url = await databases.create();
    const errors: unknown[] = [];
    const store = await openOn(url, 'orders', errors);
    const entries = Array.from({ length: 40 }, (_, index) =>
      anEntry({ event: `e${index}`, ...([0, 17, 18].includes(index) && { comment: 'a\0b' }) }),
    );
    await store.append(entries);
    await run(url, `insert into audit_outbox (stream, id, entry) values ('orders', gen_random_uuid(), 'no JSON')`);
    await store.append([anEntry({ event: 'last' })]);
    await expect.poll(() => eventsIn(store)).toHaveLength(38);
    expect(await eventsIn(store)).toContain('last');
    expect(errors.map((error) => (error as Error).message)).toEqual([
      ...[0, 17, 18].map((index) =>
        expect.stringContaining(`the entry ${entries[index]!.id} cannot be sealed: unsupp`),
      ),
      expect.stringMatching(/cannot be sealed: Unexpected token .* It stays in audit_outbox at place \d+\./),
    ]);
    expect((await run(url, 'select count(*) as left from audit_outbox'))[0]).toEqual({ left: '4' });
    expect(await verifyDatabase(url)).toMatchObject({ records: 38, streams: 1 });
  });

  it('refuses changes by mistake', async () => {
    const url = await databases.create();
    await (await openOn(url)).append([anEntry()]);
    for (const sql of [
      `update audit_log set hash = ''`,
      'delete from audit_log',
      'truncate audit_log',
      `update audit_outbox set entry = ''`,
    ]) {
      await expect(run(url, sql)).rejects.toThrow('only grows');
    }
  });

  it('lets verify exit with 0 for a log that nobody touched, and with 1 for whatever is edited past the triggers', async () => {
    const url = await databases.create();
    const store = await openOn(url);
    await store.append(Array.from({ length: 6 }, (_, index) => anEntry({ event: `e${index}` })));
    expect(await eventsIn(store)).toHaveLength(6);
    expect(await verify(url)).toBe('0 6 records in 1 chain of the database are valid.');
    const edits: [string, string][] = [
      [
        `update audit_log set record = replace(record, 'alice', 'alicf') where seq = 3`,
        `record 3, id \\S+ INVALID: hash`,
      ],
      [`update audit_log set record = record || ' ' where seq = 2`, 'record 2, id \\S+ INVALID: non-canonical'],
      [`update audit_log set hash = md5('x') where seq = 6`, `record 6, id \\S+ INVALID: hash`],
      [`delete from audit_log where seq = 4`, `record 5, id \\S+ INVALID: sequence gap \\(4..4\\)`],
      [`delete from audit_log where seq = 1`, `record 2, id \\S+ INVALID: sequence gap \\(1..1\\)`],
      [`update audit_log set seq = 17 where seq = 6`, `record 17, id \\S+ INVALID: its columns`],
      [`update audit_log set id = gen_random_uuid() where seq = 5`, `record 5, id \\S+ INVALID: its columns`],
      [`update audit_log set stream = 'x' where seq = 6`, `record 6, id \\S+ INVALID: wrong stream`],
    ];
    const copy = 'create table kept as select stream, seq, id, record, hash from audit_log';
    await run(url, 'alter table audit_log disable trigger user', copy);
    for (const [edit, verdict] of edits) {
      await run(url, edit);
      expect(await verify(url)).toMatch(new RegExp(`^1 .*${verdict}`));
      await run(
        url,
        'delete from audit_log',
        'insert into audit_log (stream, seq, id, record, hash) select * from kept',
      );
    }
    expect(await verify(url)).toMatch(/^0 /);
  });

  it('says at start what is missing, and the way out', async () => {
    const url = await databases.create();
    await run(url, ...AUDIT_TABLES.down);
    await expect(openOn(url)).rejects.toThrow('Run the statements of AUDIT_TABLES.up in a migration.');
    await run(url, ...AUDIT_TABLES.up);
    await openOn(url);
    await expect(openOn('postgres://u:hunter2@127.0.0.1:1/orders')).rejects.toThrow(
      'AuditModule: the audit database does not answer (ECONNREFUSED). Start it, or mend audit.postgres.url.',
    );
  });
});
