import { Injectable } from '@nestjs/common';
import { expect, it } from 'vitest';
import { AuditTrail } from '../audit-trail.js';
import { Audited } from '../audited.decorator.js';
import { AuditedApp } from '../audited-app.fixture.js';
import { verifyDatabase } from '../verify/verify-database.js';
import { AuditDatabases } from './postgres.fixture.js';

@Injectable()
class Kitchen {
  @Audited('dish.cook')
  cook(): string {
    return 'fish';
  }

  @Audited({ action: 'dish.serve', mode: 'strict' })
  async serve(): Promise<string> {
    return 'served';
  }
}

it('a database that goes away and comes back costs no record, refuses strict calls alone, and is named to nobody', async () => {
  await using databases = await AuditDatabases.start();
  const url = await databases.create();
  await using app = await AuditedApp.start({
    options: { postgres: { url, sealIntervalMs: 50 } },
    providers: [Kitchen],
  });
  const kitchen = app.nest.get(Kitchen);
  const errors: unknown[] = [];
  const { internalErrors } = app.observations;
  const record = internalErrors.record.bind(internalErrors);
  internalErrors.record = (component, error) => {
    errors.push(error);
    record(component, error);
  };
  expect(await kitchen.serve()).toBe('served');

  const start = await databases.stop();
  expect([kitchen.cook(), kitchen.cook()]).toEqual(['fish', 'fish']);
  await expect(kitchen.serve()).rejects.toMatchObject({ status: 503 });
  await expect.poll(() => errors.length).toBeGreaterThan(2);
  const told = errors.map((error) => {
    const { message, cause } = error as Error;
    return `${message} ${(cause as Error | undefined)?.message}`;
  });
  expect(told.filter((text) => /127\.0\.0\.1|localhost|:\d{4,5}|password/.test(text))).toEqual([]);

  await start();
  const events = async () => (await app.nest.get(AuditTrail).find()).items.map(({ record: { event } }) => event);
  await expect.poll(events, { timeout: 10_000 }).toEqual(['dish.cook', 'dish.cook', 'dish.serve']);
  expect(await kitchen.serve()).toBe('served');
  await expect.poll(events).toHaveLength(4);
  expect(await verifyDatabase(url)).toEqual({ records: 4, streams: 1, notes: [] });
}, 60_000);
