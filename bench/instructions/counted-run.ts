import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { ROUTES } from '../scenarios.ts';
import { SpanReceiver } from '../sinks/span-receiver.ts';
import type { Variant } from '../variants.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'dist', 'bench', 'server.js');
const VALGRIND = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', '--smc-check=all-non-file'];
// One thread and no chance: what is compiled and collected when does not depend on the clock of this machine.
const NODE_FLAGS = ['--single-threaded', '--predictable', '--hash-seed=1', '--random-seed=1', '--no-memory-reducer'];

/** Whether instructions can be counted here. */
export function hasValgrind(): boolean {
  try {
    execFileSync('valgrind', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a server from its start to its end with so many requests, one after the other, and counts its instructions. */
export async function countInstructions({ app, options }: Variant, requests: number): Promise<number> {
  await using directory = temporaryDirectory();
  await using spans = await SpanReceiver.open();
  const order = JSON.stringify({
    app,
    adapter: 'express',
    options: options({ otlpUrl: spans.url }),
    downstreamUrl: '',
  });
  const server = spawn('valgrind', [...VALGRIND, process.execPath, ...NODE_FLAGS, ENTRY, order], {
    cwd: directory.path,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaint = text(server.stderr!);
  const ended = once(server, 'exit');
  try {
    const [greeting] = (await Promise.race([once(server, 'message'), ended.then(() => [undefined])])) as [
      { url: string } | undefined,
    ];
    if (greeting) await askInTurn(greeting.url + ROUTES[0]!.path, requests);
  } finally {
    if (server.connected) server.disconnect();
  }
  await ended;
  const counted = /I\s+refs:\s+([\d,]+)/.exec(await complaint)?.[1];
  if (counted === undefined) throw new Error(`valgrind counted nothing: ${(await complaint).slice(-500)}`);
  return Number(counted.replaceAll(',', ''));
}

/** Asks one request after the other on one connection, so that each run does the same in the same order. */
async function askInTurn(url: string, requests: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let request = 0; request < requests; request += 1) {
    const response = await new Promise<NodeJS.ReadableStream & { statusCode?: number }>((resolve, reject) => {
      get(url, { agent }, resolve).on('error', reject);
    });
    await text(response);
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  }
  agent.destroy();
}
