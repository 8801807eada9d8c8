import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anEntry } from '../audit-entry.fixture.js';
import { FileStore } from '../stores/file.store.js';
import { temporaryFolder } from '../temporary-folder.fixture.js';
import { runCommand } from './run-command.js';

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  const code = await runCommand(args, {}, { out: take, err: take });
  return { code, text: lines.join('\n') };
}

async function writeRecords(directory: string, count: number): Promise<string> {
  const store = await FileStore.open({ directory, stream: 'orders' });
  await store.append(Array.from({ length: count }, (_, index) => anEntry({ event: `order.e${index}` })));
  await store.close();
  return join(directory, 'audit.jsonl');
}

describe('crowsnest-audit verify', () => {
  it('exits 0 for records that nobody touched, of one folder and of folders in it', async () => {
    await using folder = await temporaryFolder();
    await writeRecords(join(folder.path, 'one'), 3);
    await writeRecords(join(folder.path, 'two'), 2);
    expect(await run('verify', '--file', join(folder.path, 'one'))).toEqual({
      code: 0,
      text: expect.stringContaining('3 records in 1 chain'),
    });
    expect(await run('verify', '--file', folder.path)).toEqual({
      code: 0,
      text: expect.stringContaining('5 records in 2 chains'),
    });
  });

  it('exits 1 for every single byte that is edited, and names the record', async () => {
    await using folder = await temporaryFolder();
    const file = await writeRecords(folder.path, 3);
    const whole = await readFile(file);
    const lineEnds = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index);
    const unseen: number[] = [];
    for (let index = 0; index < whole.length; index += 1) {
      const edited = Buffer.from(whole);
      edited[index]! ^= 1 << (index % 8);
      await writeFile(file, edited);
      const { code, text } = await run('verify', '--file', folder.path);
      const line = lineEnds.filter((end) => end < index).length + 1;
      // An edited line end joins two lines; an edit can also make two of one.
      const isNamed = [line, line + 1].some((number) => text.includes(`audit.jsonl:${number}`));
      if (code !== 1 || !isNamed) unseen.push(index);
    }
    expect(unseen).toEqual([]);
  });

  it('exits 1 for a record that is deleted, doubled, or moved', async () => {
    await using folder = await temporaryFolder();
    const file = await writeRecords(folder.path, 4);
    const lines = (await readFile(file, 'utf8')).split(/(?<=\n)/);
    const [a, b, c, d] = lines as [string, string, string, string];
    const verdicts: string[] = [];
    for (const order of [
      [b, c, d],
      [a, c, d],
      [a, b, b, c, d],
      [a, c, b, d],
    ]) {
      await writeFile(file, order.join(''));
      const { code, text } = await run('verify', '--file', folder.path);
      verdicts.push(`${code} ${/INVALID: .*/.exec(text)?.[0]}`);
    }
    expect(verdicts).toEqual([
      '1 INVALID: sequence gap (1..1)',
      '1 INVALID: sequence gap (2..2)',
      '1 INVALID: duplicate sequence',
      '1 INVALID: sequence gap (2..2)',
    ]);
  });

  it('exits 0 behind a writer that was killed in the middle of a line, and says so', async () => {
    await using folder = await temporaryFolder();
    const file = await writeRecords(folder.path, 2);
    await writeFile(file, (await readFile(file)).subarray(0, -40));
    expect(await run('verify', '--file', folder.path)).toEqual({
      code: 0,
      text: expect.stringContaining('never finished'),
    });
  });

  it('exits 2 when it is not told what to verify', async () => {
    for (const args of [
      [],
      ['verify'],
      ['prove', '--file', 'x'],
      ['verify', '--file', 'x', '--database', 'y'],
      ['--no'],
    ]) {
      expect([args, (await run(...args)).code]).toEqual([args, 2]);
    }
    expect((await run('--help')).code).toBe(0);
  });

  it('exits 3 when the records cannot be read, without the password of the database', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'empty'));
    expect((await run('verify', '--file', join(folder.path, 'nowhere'))).code).toBe(3);
    expect((await run('verify', '--file', join(folder.path, 'empty'))).code).toBe(3);
    const { code, text } = await run('verify', '--database', 'postgres://u:hunter2@127.0.0.1:1/orders');
    expect([code, text.includes('hunter2')]).toEqual([3, false]);
  });
});
