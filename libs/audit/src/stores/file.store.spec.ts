import { appendFile, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { anEntry } from '../audit-entry.fixture.js';
import { describeAuditStore } from '../audit-store.contract.js';
import { temporaryFolder } from '../temporary-folder.fixture.js';
import { verifyFolder } from '../verify/verify-file.js';
import { FileStore } from './file.store.js';
import { DirectoryInUse } from './file/lock-holder.js';
import { placeOfProcess } from './file/place-of-process.js';
import { UnusableFolder } from './file/unusable-folder.js';

let resources = new AsyncDisposableStack();

afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

async function newFolder(): Promise<string> {
  return resources.use(await temporaryFolder()).path;
}

async function openIn(directory: string): Promise<FileStore> {
  const store = await FileStore.open({ directory, stream: 'orders' });
  resources.defer(() => store.close());
  return store;
}

describeAuditStore('FileStore', async () => openIn(await newFolder()));

const eventsIn = async (store: FileStore): Promise<string[]> =>
  (await store.find({ limit: 100 })).items.map(({ record }) => record.event);

/** A folder with two records, closed. */
async function writtenFolder(): Promise<{ directory: string; file: string }> {
  const directory = await newFolder();
  const store = await FileStore.open({ directory, stream: 'orders' });
  await store.append([anEntry({ event: 'a' }), anEntry({ event: 'b', reason: 'ü'.repeat(50_000) })]);
  await store.close();
  return { directory, file: join(directory, 'audit.jsonl') };
}

describe('FileStore', () => {
  it('continues the chain after a restart', async () => {
    const { directory } = await writtenFolder();
    const store = await openIn(directory);
    await store.append([anEntry({ event: 'c' })]);
    expect(await eventsIn(store)).toEqual(['c', 'b', 'a']);
    expect(await verifyFolder(directory)).toEqual({ records: 3, streams: 1, notes: [] });
  });

  it('cuts off a last line that was never finished, wherever it breaks off', async () => {
    const { directory, file } = await writtenFolder();
    const whole = await readFile(file);
    const secondLine = whole.indexOf(0x0a) + 1;
    for (const cut of [secondLine + 1, secondLine + 20, secondLine + 70_001, whole.length - 2]) {
      await writeFile(file, whole.subarray(0, cut));
      const store = await FileStore.open({ directory, stream: 'orders' });
      expect(await eventsIn(store)).toEqual(['a']);
      expect((await stat(file)).size).toBe(secondLine);
      await store.append([anEntry({ event: 'after' })]);
      await store.close();
      expect(await verifyFolder(directory)).toEqual({ records: 2, streams: 1, notes: [] });
    }
  });

  it('keeps a record of which only the end of the line is missing', async () => {
    const { directory, file } = await writtenFolder();
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, -1));
    const store = await openIn(directory);
    expect(await eventsIn(store)).toEqual(['b', 'a']);
    expect(await readFile(file)).toEqual(whole);
  });

  it('begins anew when the very first line was never finished', async () => {
    const directory = await newFolder();
    await writeFile(join(directory, 'audit.jsonl'), '{"hash":"38e1');
    const store = await openIn(directory);
    await store.append([anEntry()]);
    expect(await verifyFolder(directory)).toEqual({ records: 1, streams: 1, notes: [] });
  });

  it('refuses to go on behind a last record that somebody changed', async () => {
    const { directory, file } = await writtenFolder();
    await writeFile(file, (await readFile(file, 'utf8')).replace('"event":"b"', '"event":"x"'));
    const opening = FileStore.open({ directory, stream: 'orders' });
    await expect(opening).rejects.toThrow(
      /^AuditModule: the last record in ".*audit.jsonl" is not what was written there/,
    );
    await expect(opening).rejects.toBeInstanceOf(UnusableFolder);
  });

  it('keeps a folder for itself, and takes over from a process that is gone', async () => {
    const directory = await newFolder();
    const first = await FileStore.open({ directory, stream: 'orders' });
    await expect(FileStore.open({ directory, stream: 'orders' })).rejects.toThrow(DirectoryInUse);
    await first.close();
    await writeFile(join(directory, 'lock'), `${process.pid} another-birth ${placeOfProcess()} x\n`);
    await openIn(directory);
    await expect(FileStore.open({ directory, stream: 'orders' })).rejects.toThrow(
      `AuditModule: the folder "${directory}" is in use by process ${process.pid}. Set audit.file.directory`,
    );
  });

  it.each([
    ['another container', `${hostname()}/another-boot/pid:[1]`],
    ['a lock without a place', 'x'],
  ])('takes over from %s only when its last sign of life is old', async (_, place) => {
    const directory = await newFolder();
    const lock = join(directory, 'lock');
    // An id that no process here has, as that of a process in another container may be.
    await writeFile(lock, `4194305 17 ${place} x\n`);
    await expect(FileStore.open({ directory, stream: 'orders' })).rejects.toThrow(
      new RegExp(`in use by process 4194305 on another machine or in another container.* or delete "${lock}"`),
    );
    const twoMinutesAgo = new Date(Date.now() - 120_000);
    await utimes(lock, twoMinutesAgo, twoMinutesAgo);
    await openIn(directory);
    expect(await readFile(lock, 'utf8')).toContain(` ${placeOfProcess()} `);
  });

  it('gives signs of life, and writes no more once another writer has the folder', { timeout: 20_000 }, async () => {
    const directory = await newFolder();
    const lock = join(directory, 'lock');
    const store = await openIn(directory);
    const mtimeOf = async (): Promise<number> => (await stat(lock)).mtimeMs;
    const before = await mtimeOf();
    await expect.poll(mtimeOf, { timeout: 8_000 }).toBeGreaterThan(before);
    await writeFile(lock, 'another\n');
    await expect(store.append([anEntry()])).rejects.toThrow(`is no longer held by process ${process.pid}`);
    expect(await readFile(lock, 'utf8')).toBe('another\n');
  });

  it('says what cannot be written, and the way out', async () => {
    const directory = await newFolder();
    await writeFile(join(directory, 'plain'), '');
    await expect(FileStore.open({ directory: join(directory, 'plain', 'audit'), stream: 'orders' })).rejects.toThrow(
      /AuditModule: the folder ".*plain\/audit" cannot be written: .*Make it writable, or set audit\.file\.directory/,
    );
  });

  it('writes what comes at once in few groups, and nothing of it twice', async () => {
    const directory = await newFolder();
    const store = await openIn(directory);
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.append([anEntry({ event: `e${index}` })])));
    expect(new Set((await store.find({ limit: 1_000 })).items.map(({ record }) => record.event)).size).toBe(500);
    expect(await verifyFolder(directory)).toEqual({ records: 500, streams: 1, notes: [] });
  });

  it('rejects what it cannot write, and goes on with the next', async () => {
    const directory = await newFolder();
    const store = await openIn(directory);
    await expect(store.append([anEntry({ reason: '\ud800' })])).rejects.toThrow('Lone surrogate');
    await store.append([anEntry({ event: 'next' })]);
    expect(await eventsIn(store)).toEqual(['next']);
  });

  it('finds nothing beyond what was made durable', async () => {
    const { directory, file } = await writtenFolder();
    const store = await openIn(directory);
    await appendFile(file, '{"hash":"not","record":{"seq":3}}\n');
    expect(await eventsIn(store)).toEqual(['b', 'a']);
  });
});
