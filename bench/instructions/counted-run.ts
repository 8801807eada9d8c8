import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { type AdapterName, ROUTES } from '../scenarios.ts';
import { SpanReceiver } from '../sinks/span-receiver.ts';
import type { Variant } from '../variants.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'dist', 'bench', 'server.js');
// Nothing is counted before it is asked for, which makes the warm-up several times as fast.
const VALGRIND = ['--tool=callgrind', '--instr-atstart=no', '--smc-check=all-non-file'];
// One thread and no chance: what is compiled and collected when does not depend on the clock of this machine.
const NODE_FLAGS = ['--single-threaded', '--predictable', '--hash-seed=1', '--random-seed=1', '--no-memory-reducer'];

// Until everything is compiled, and what was compiled on wrong guesses is compiled again.
const WARM_UP = 20_000;
const SLICES = 11;
/** One batch of spans. */
const REQUESTS_PER_SLICE = 512;

// valgrind and what controls it meet in the system's temporary directory, which a command of the bench has moved.
const ENVIRONMENT = { PATH: process.env['PATH'] };

/** Whether instructions can be counted here. */
export function hasValgrind(): boolean {
  try {
    execFileSync('valgrind', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a server under valgrind and counts the instructions of each request, one figure a slice of them. */
export async function countInstructions({ app, options }: Variant, adapter: AdapterName): Promise<number[]> {
  await using directory = temporaryDirectory();
  await using spans = await SpanReceiver.open();
  const order = JSON.stringify({
    app,
    adapter,
    options: options({ otlpUrl: spans.url }),
    downstreamUrl: '',
  });
  const out = join(directory.path, 'counted');
  const words = [...VALGRIND, `--callgrind-out-file=${out}`, process.execPath, ...NODE_FLAGS, ENTRY, order];
  const server = spawn('valgrind', words, {
    cwd: directory.path,
    env: { ...ENVIRONMENT, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaint = text(server.stderr!);
  const ended = once(server, 'exit');
  try {
    const [greeting] = (await Promise.race([once(server, 'message'), ended])) as [{ url: string } | number | null];
    if (typeof greeting !== 'object' || greeting === null) {
      throw new Error(`The server did not start under valgrind: ${(await complaint).slice(-500)}`);
    }
    const client = new Client(greeting.url + ROUTES[0]!.path);
    await client.ask(WARM_UP);
    await control(server.pid!, '-i', 'on');
    await client.ask(REQUESTS_PER_SLICE);
    await control(server.pid!, '-d', 'counted');
    for (let slice = 0; slice < SLICES; slice += 1) {
      await client.ask(REQUESTS_PER_SLICE);
      await control(server.pid!, '-d', 'counted');
    }
  } finally {
    if (server.connected) server.disconnect();
    await ended;
  }
  // The first one holds what came before the slices.
  return Array.from({ length: SLICES }, (_, slice) => countIn(`${out}.${slice + 2}`) / REQUESTS_PER_SLICE);
}

function countIn(path: string): number {
  return Number(/^totals: (\d+)/m.exec(readFileSync(path, 'utf8'))![1]);
}

async function control(pid: number, ...words: string[]): Promise<void> {
  await promisify(execFile)('callgrind_control', [...words, `${pid}`], { env: ENVIRONMENT });
}

/** Asks one request after the other on one connection, so that each run does the same in the same order. */
class Client {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async ask(requests: number): Promise<void> {
    // A connection for each slice: between two of them, it may be idle for longer than the server keeps it.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let request = 0; request < requests; request += 1) {
      const response = await new Promise<NodeJS.ReadableStream & { statusCode?: number }>((resolve, reject) => {
        get(this.#url, { agent }, resolve).on('error', reject);
      });
      await text(response);
      if (response.statusCode !== 200) throw new Error(`${this.#url} answered ${response.statusCode}`);
    }
    agent.destroy();
  }
}
