import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { ManagementEndpoints } from '#management';
import { anEntry } from './audit-entry.fixture.js';
import type { StoredAudit } from './audit-record.js';
import type { AuditStore } from './audit-store.js';
import { AuditTrail } from './audit-trail.js';
import { AuditUnavailable } from './audit-unavailable.js';
import { Audited } from './audited.decorator.js';
import { AuditedApp } from './audited-app.fixture.js';
import { temporaryFolder } from './temporary-folder.fixture.js';

const IN_FULL = { args: true, result: true };

@Injectable()
class Kitchen {
  @Audited({ action: 'dish.cook', capture: IN_FULL, change: ({ args: [, states] }) => states })
  async cook(dish: object, _states?: { before: unknown; after: unknown }): Promise<object> {
    return { cooked: dish };
  }

  @Audited({ action: 'dish.serve', mode: 'strict' })
  async serve(fails = false): Promise<string> {
    if (fails) throw new RangeError('dropped');
    return 'served';
  }

  @Audited({ action: 'dish.throw', mode: 'strict' })
  throwAway(): string {
    return 'thrown';
  }

  @Audited({
    action: 'dish.taste',
    target: () => {
      throw new Error('no tongue');
    },
    reason: ({ args: [why] }) => why,
    actor: () => ({ id: 'robot', type: 'service' }),
  })
  taste(_why: string): void {}
}

@Controller()
class Counter {
  @Get('dish')
  @Audited({ action: 'dish.order', mode: 'strict' })
  async order(): Promise<string> {
    return 'fish';
  }
}

const PROVIDERS = [Kitchen];

/** A store that takes nothing as long as it is broken. */
class BreakableStore implements AuditStore {
  readonly transactional = false;
  readonly taken: string[] = [];
  isBroken = true;

  async append(entries: readonly { event: string }[]): Promise<void> {
    if (this.isBroken) throw new Error('disk full');
    this.taken.push(...entries.map(({ event }) => event));
  }

  find = async () => ({ items: [] });
  close = async (): Promise<void> => {};
}

describe('AuditModule', () => {
  it('captures on demand, redacted', async () => {
    await using app = await AuditedApp.start({ providers: PROVIDERS });
    const states = { before: { size: 1, password: 'old one' }, after: { size: 2, password: 'new one' } };
    await app.nest.get(Kitchen).cook({ name: 'pie', apiKey: 'k-123' }, states);
    const [record] = await app.records(1);
    expect(record!.request).toMatchObject({
      level: 'RequestResponse',
      transport: 'job',
      body: [{ name: 'pie', apiKey: '[redacted]' }, expect.anything()],
      response: { cooked: { name: 'pie', apiKey: '[redacted]' } },
    });
    expect(record!.change).toEqual({
      format: 'json-patch',
      patch: [{ op: 'replace', path: '/size', value: 2 }],
    });
    expect(JSON.stringify(record)).not.toMatch(/k-123|old one|new one/);
  });

  it('leaves out what is too large, and says so', async () => {
    await using app = await AuditedApp.start({ providers: PROVIDERS, options: { maxRecordBytes: 16_384 } });
    const huge = Array.from({ length: 100 }, (_, index) => `${index} ${'pastry '.repeat(100)}`);
    await app.nest.get(Kitchen).cook({ huge }, { before: {}, after: { huge } });
    const [record] = await app.records(1);
    expect(record).toMatchObject({
      event: 'dish.cook',
      request: { truncated: true },
      change: { patch: [], truncated: true },
    });
    expect(JSON.stringify(record).length).toBeLessThan(16_384 + 300);
  });

  it('keeps what else was captured when one value in it is no JSON', async () => {
    await using app = await AuditedApp.start({ providers: PROVIDERS, options: { maxRecordBytes: 65_536 } });
    const long = `${'x'.repeat(8_191)}\u{1f600} and more`;
    await app.nest.get(Kitchen).cook({ half: '\ud83d', long }, { before: { price: 1 }, after: { price: NaN } });
    const [record] = await app.records(1);
    expect(record!.request).toMatchObject({
      body: [{ half: '\\ud83d', long: expect.stringMatching(/^x+\[10 more/) }, {}],
    });
    expect(record!.change).toEqual({
      format: 'json-patch',
      patch: [{ op: 'replace', path: '/price', value: 'NaN' }],
    });
    expect(JSON.stringify(record)).not.toContain('"truncated"');
  });

  it('without redaction records values as they are, within the same limits', async () => {
    await using app = await AuditedApp.start({ providers: PROVIDERS, redaction: false });
    const dish: Record<string, unknown> = { password: 'x', nul: '\0' };
    dish['self'] = dish;
    await app.nest.get(Kitchen).cook(dish, { before: {}, after: dish });
    const [record] = await app.records(1);
    const copy = { password: 'x', nul: '\\u0000', self: '[circular]' };
    expect(record!.request).toMatchObject({ body: [copy, { after: copy }] });
    expect(record!.change!.patch).toContainEqual({ op: 'add', path: '/self', value: '[circular]' });
  });

  it('records without what a function of the decorator fails to tell, and counts the fault', async () => {
    await using app = await AuditedApp.start({ providers: PROVIDERS });
    app.nest.get(Kitchen).taste('it smells');
    expect(await app.records(1)).toMatchObject([
      { event: 'dish.taste', targets: [], comment: 'it smells', actor: { id: 'robot', type: 'service' } },
    ]);
    expect(app.observations.internalErrors.counts().get('audit')).toBe(1);
  });

  it('records what code tells by itself', async () => {
    await using app = await AuditedApp.start();
    const trail = app.nest.get(AuditTrail);
    const id = await trail.record({
      action: 'menu.print',
      actor: { id: 'ada' },
      target: { type: 'menu', id: 7 },
      mode: 'strict',
    });
    expect((await trail.find({ actor: 'ada' })).items.map(({ record }) => record)).toMatchObject([
      { id, event: 'menu.print', action: 'PRINT', outcome: 'success', targets: [{ type: 'menu', id: '7' }] },
    ]);
    expect(trail.deliveries()[0]).toMatchObject({ produced: 1, delivered: 1, inFlight: 0 });
  });

  it('in strict mode gives a result only after the record is durable, and refuses otherwise', async () => {
    const store = new BreakableStore();
    await using app = await AuditedApp.start({ providers: PROVIDERS, store });
    const kitchen = app.nest.get(Kitchen);
    await expect(kitchen.serve()).rejects.toThrow(AuditUnavailable);
    await expect(kitchen.serve()).rejects.toMatchObject({ status: 503, cause: new Error('disk full') });
    await expect(kitchen.serve(true)).rejects.toThrow(RangeError);
    expect(app.observations.internalErrors.counts().get('audit')).toBe(3);
    store.isBroken = false;
    expect(await kitchen.serve()).toBe('served');
    expect(store.taken).toEqual(['dish.serve']);
    expect(() => kitchen.throwAway()).toThrow('Kitchen.throwAway gave its result at once');
    expect(app.nest.get(AuditTrail).deliveries()[0]).toMatchObject({ dropped: { refused: 3 } });
  });

  it('in strict mode says that what it cannot record may have been done, and books what is written late', async () => {
    const store = new BreakableStore();
    let finish = (): void => {};
    store.append = () => new Promise((resolve) => (finish = resolve));
    await using app = await AuditedApp.start({ providers: PROVIDERS, store, options: { strictTimeoutMs: 30 } });
    await expect(app.nest.get(Kitchen).serve()).rejects.toThrow(
      '"dish.serve" cannot be recorded at the moment, but it may have been done. Check that before you repeat it.',
    );
    const ledger = () => app.nest.get(AuditTrail).deliveries()[0];
    expect(ledger()).toMatchObject({ produced: 1, delivered: 0, dropped: {}, inFlight: 1 });
    finish();
    await expect.poll(ledger).toMatchObject({ produced: 1, delivered: 1, dropped: {}, inFlight: 0 });
  });

  it('in strict mode answers a request with 503 as long as it cannot be recorded', async () => {
    const store = new BreakableStore();
    await using app = await AuditedApp.start({ controllers: [Counter], store });
    expect((await app.fetch('/dish', 'ada')).status).toBe(503);
    store.isBroken = false;
    expect((await app.fetch('/dish', 'ada')).status).toBe(200);
    expect(store.taken).toEqual(['dish.order']);
  });

  it('in strict mode refuses in time when the store hangs', async () => {
    const store = new BreakableStore();
    store.append = () => new Promise(() => {});
    await using app = await AuditedApp.start({ providers: PROVIDERS, store, options: { strictTimeoutMs: 30 } });
    await expect(app.nest.get(Kitchen).serve()).rejects.toThrow(AuditUnavailable);
  });

  it('otherwise never lets a call wait or fail: records wait for the store, and what has no room is counted', async () => {
    const store = new BreakableStore();
    await using app = await AuditedApp.start({ providers: PROVIDERS, store, options: { maxQueued: 2 } });
    const kitchen = app.nest.get(Kitchen);
    for (let dish = 0; dish < 5; dish += 1) expect(await kitchen.cook({ dish })).toEqual({ cooked: { dish } });
    expect(app.nest.get(AuditTrail).deliveries()[0]).toMatchObject({
      produced: 5,
      dropped: { queue_full: 3 },
      inFlight: 2,
    });
    store.isBroken = false;
    await expect.poll(() => store.taken, { timeout: 5_000 }).toEqual(['dish.cook', 'dish.cook']);
  });

  it('refuses to start when something is audited and the file cannot be written', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'plain'), '');
    const file = { directory: join(folder.path, 'plain', 'audit') };
    await expect(AuditedApp.start({ providers: PROVIDERS, options: { file } })).rejects.toThrow('cannot be written');
    await using app = await AuditedApp.start({ options: { file } });
    expect(app.nest.get(AuditTrail)).toBeDefined();
  });

  it('writes what waits when the app stops', async () => {
    await using folder = await temporaryFolder();
    const file = { directory: join(folder.path, 'audit') };
    const app = await AuditedApp.start({ providers: PROVIDERS, options: { file } });
    app.nest.get(Kitchen).taste('salty');
    await app[Symbol.asyncDispose]();
    await using again = await AuditedApp.start({ options: { file } });
    expect((await again.nest.get(AuditTrail).find()).items).toHaveLength(1);
  });

  it.each([
    [{ mode: 'sync' } as never, `AuditModule: mode "sync" is no mode.`],
    [{ maxQueued: 0 }, 'AuditModule: maxQueued is 0. Use a whole number from 1 up.'],
    [{ postgres: { url: 'mysql://x:secret@y' } }, 'AuditModule: postgres.url is not the URL of a PostgreSQL.'],
    [{ folder: 'x' } as never, 'AuditModule: "folder" is no option.'],
  ])('refuses a wrong option at start', async (options, message) => {
    await expect(AuditedApp.start({ options })).rejects.toThrow(message);
  });
});

describe('GET /audit', () => {
  it('shows records by what is asked for, in pages, and one by its id', async () => {
    await using app = await AuditedApp.start();
    const actors = ['ada', 'bob', 'ada', 'ada'];
    await app.memory.append(actors.map((id, index) => anEntry({ actor: { id, type: 'user' }, event: `e.${index}` })));
    const list = async (query: string) =>
      (await (await app.page(`/audit?${query}`)).json()) as { items: StoredAudit[]; next?: string };
    const first = await list('actor=ada&limit=2');
    expect(first.items.map(({ record }) => record.event)).toEqual(['e.3', 'e.2']);
    const second = await list(`actor=ada&limit=2&after=${first.next}`);
    expect([second.items.map(({ record }) => record.event), second.next]).toEqual([['e.0'], undefined]);
    const [newest] = first.items;
    expect(await (await app.page(`/audit/${newest!.record.id}`)).json()).toEqual(newest);
    expect((await list('target=order:o-1&outcome=success&from=2026-11-22T10:00Z')).items).toHaveLength(4);
  });

  it.each([
    ['/audit?limit=0', 400],
    ['/audit?outcome=good', 400],
    ['/audit?from=yesterday', 400],
    ['/audit?after=x', 400],
    ['/audit?actor=a%00b', 400],
    ['/audit?target=order:%07', 400],
    ['/audit?action=%0d', 400],
    ['/audit/nothing', 404],
    ['/audit/00000000-0000-4000-8000-000000000001', 404],
  ])('answers %s with %i and problem details', async (path, status) => {
    await using app = await AuditedApp.start();
    const response = await app.page(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });
});

describe('AuditModule that is switched off', () => {
  it('records, shows and keeps nothing, and leaves methods plain', async () => {
    await using app = await AuditedApp.start({ options: false, providers: PROVIDERS });
    expect(await app.nest.get(Kitchen).serve()).toBe('served');
    expect(app.nest.get(Kitchen).throwAway()).toBe('thrown');
    const trail = app.nest.get(AuditTrail);
    await trail.record({ action: 'menu.print', mode: 'strict' });
    expect(await trail.find()).toEqual({ items: [] });
    const dataSource = { manager: { query: async () => [] }, transaction: (work: Function) => work('the manager') };
    expect(await trail.transaction(dataSource as never, async (manager) => manager)).toBe('the manager');
    const pages = app.nest.get(ManagementEndpoints).list();
    expect(pages.filter(({ path }) => path.startsWith('/audit'))).toEqual([]);
    expect(existsSync(join('.data', 'audit', 'kitchen-one'))).toBe(false);
  });
});
