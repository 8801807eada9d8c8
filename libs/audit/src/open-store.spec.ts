import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anEntry } from './audit-entry.fixture.js';
import { openStore } from './open-store.js';
import { MemoryStore } from './stores/memory.store.js';
import { temporaryFolder } from './temporary-folder.fixture.js';

const SERVICE = { name: 'order', version: '1', environment: 'test', instance: 'host/1' };
const quiet = (): void => undefined;
const cwd = process.cwd();
let folder: AsyncDisposable & { path: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  process.chdir(folder.path);
});

afterAll(async () => {
  process.chdir(cwd);
  await folder[Symbol.asyncDispose]();
});

it('keeps records under the name of service and instance, and apart for a second app of that name', async () => {
  const stores = [await openStore({}, SERVICE, quiet), await openStore({}, SERVICE, quiet)];
  for (const store of stores) await store.append([anEntry()]);
  const streams = await Promise.all(
    stores.map(async (store) => (await store.find({ limit: 1 })).items[0]!.record.stream),
  );
  expect(streams).toEqual(['order-host/1', 'order-host/1-2']);
  expect(await readdir(join('.data', 'audit'))).toEqual(['order-host_1', 'order-host_1-2']);
  for (const store of stores) await store.close();
});

it('takes a folder that was named, or none', async () => {
  const options = { file: { directory: 'own' } };
  const store = await openStore(options, SERVICE, quiet);
  await expect(openStore(options, SERVICE, quiet)).rejects.toThrow('the folder "own" is in use by process');
  await store.close();
});

it("takes a user's own store as it is", async () => {
  const store = new MemoryStore();
  expect(await openStore({ store }, SERVICE, quiet)).toBe(store);
});
