import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions, type Rollup } from 'vite';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.fixture.js';
import { verifyFolder } from '../../verify/verify-file.js';
import { FileStore } from '../file.store.js';

const folder = dirname(fileURLToPath(import.meta.url));
const ROUNDS = 5;

async function bundle(): Promise<string> {
  const [output] = [
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] } },
      build: { ssr: join(folder, 'killed-writer.fixture.ts'), write: false, target: 'node22' },
    }),
  ].flat() as Rollup.RollupOutput[];
  return output!.output[0].code;
}

/** Lets a process write until it has told of enough records, kills it, and gives the ids that it told of. */
async function writeUntilKilled(program: string, directory: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-', directory], {
    cwd: folder,
    timeout: 20_000,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(program);
  const told: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(line);
    if (told.length === count) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return told;
}

it('a process that is killed has written every record that it told of, in one chain over all its lives', async () => {
  await using place = await temporaryFolder();
  const program = await bundle();
  const told: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    told.push(...(await writeUntilKilled(program, place.path, 60 + round * 17)));
  }
  const store = await FileStore.open({ directory: place.path, stream: 'orders' });
  const { items } = await store.find({ limit: 100_000 });
  await store.close();
  const written = new Set(items.map(({ record }) => record.id));
  expect(told.length).toBeGreaterThan(ROUNDS * 60);
  expect(told.filter((id) => !written.has(id))).toEqual([]);
  expect(await verifyFolder(place.path)).toEqual({ records: items.length, streams: 1, notes: [] });
});
