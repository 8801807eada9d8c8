import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../tools/temporary-directory.ts';

/** Starts a command that opens a server of bare Nest and then does not end by itself. */
function startCommand(directory: string) {
  const module = (name: string) => JSON.stringify(join(import.meta.dirname, name));
  const script = `
    const { runBenchCommand } = await import(${module('bench-command.ts')});
    const { ServerProcess } = await import(${module('server-process.ts')});
    await runBenchCommand('planted', async () => {
      const server = await ServerProcess.start({ app: 'bare', adapter: 'express', options: {} }, []);
      process.send(server.url);
      return new Promise(() => undefined);
    });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

it.each(['SIGINT', 'SIGTERM'] as const)('leaves no folder and no server behind when %s stops it', async (signal) => {
  await using directory = temporaryDirectory();
  const command = startCommand(directory.path);
  const [url] = (await once(command, 'message')) as [string];
  expect(readdirSync(directory.path)).toHaveLength(1);
  const ended = once(command, 'exit');
  command.kill(signal);
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(directory.path)).toEqual([]);
  await expect.poll(() => fetch(url).catch((error: Error) => error.message), { timeout: 5_000 }).toBe('fetch failed');
});
