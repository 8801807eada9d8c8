import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterName } from './scenarios.ts';
import { temporaryDirectory } from '../tools/temporary-directory.ts';
import { serverOf } from './assembled/assembled-projects.ts';
import { AccessLineFile } from './sinks/access-line-file.ts';
import { AuditFiles } from './sinks/audit-files.ts';
import type { Project } from './variants.ts';

export interface ServerOrder {
  app: string;
  adapter: AdapterName;
  options: object;
  /** Where its packages are installed; in this workspace unless told otherwise. */
  project?: Project;
  /** The second service; the route that calls it answers with an error without it. */
  downstreamUrl?: string;
}

/** What a process holds after its garbage was collected. */
export interface MemoryFigures {
  residentBytes: number;
  heapBytes: number;
}

interface Greeting {
  url: string;
  metricsUrl?: string;
  cpuToListening: NodeJS.CpuUsage;
}

// While a server waits for the next turn, V8 would take it for idle and throw its optimized code away: a cost that no
// server under steady load has, and that comes at a random moment of the run.
const NODE_FLAGS = ['--no-memory-reducer', '--expose-gc'];
const START_MS = 60_000;
const STOP_MS = 10_000;

/** A server in a process and a directory of its own, which tells how much CPU it has used. */
export class ServerProcess implements AsyncDisposable {
  readonly adapter: AdapterName;
  readonly accessLines: AccessLineFile;
  readonly auditFiles: AuditFiles;
  readonly url: string;
  readonly metricsUrl: string | undefined;
  /** What it used until it listened. */
  readonly cpuToListeningMs: number;
  readonly #child: ChildProcess;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    child: ChildProcess,
    { adapter, accessLines, auditFiles }: Pick<ServerProcess, 'adapter' | 'accessLines' | 'auditFiles'>,
    { url, metricsUrl, cpuToListening }: Greeting,
    resources: AsyncDisposableStack,
  ) {
    this.#child = child;
    this.adapter = adapter;
    this.accessLines = accessLines;
    this.auditFiles = auditFiles;
    this.url = url;
    this.metricsUrl = metricsUrl;
    this.cpuToListeningMs = (cpuToListening.user + cpuToListening.system) / 1_000;
    this.#resources = resources;
  }

  static async start(order: ServerOrder, prefix: readonly string[]): Promise<ServerProcess> {
    await using resources = new AsyncDisposableStack();
    const directory = resources.use(temporaryDirectory());
    const accessLines = resources.use(new AccessLineFile(directory.path));
    const auditFiles = new AuditFiles(directory.path);
    const { app, adapter, options, project = 'workspace', downstreamUrl } = order;
    const wanted = JSON.stringify({ app, adapter, options, downstreamUrl });
    const [command = '', ...words] = [...prefix, process.execPath, ...NODE_FLAGS, serverOf(project), wanted];
    const child = spawn(command, words, {
      cwd: directory.path,
      // Nothing of this shell's environment may switch anything on.
      env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
      stdio: ['ignore', accessLines.fd, accessLines.fd, 'ipc'],
    });
    resources.defer(() => end(child));
    try {
      const greeting = (await answerOf(child, START_MS)) as Greeting;
      return new ServerProcess(child, { adapter, accessLines, auditFiles }, greeting, resources.move());
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`The server did not start: ${message}. ${accessLines.complaint()}`, { cause: error });
    }
  }

  /** User and system time that the process has used since its start, in all its threads. */
  async cpuMicroseconds(): Promise<number> {
    const { user, system } = (await this.#ask('cpu')) as NodeJS.CpuUsage;
    return user + system;
  }

  async memory(): Promise<MemoryFigures> {
    return (await this.#ask('memory')) as MemoryFigures;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  #ask(question: 'cpu' | 'memory'): Promise<unknown> {
    const answer = answerOf(this.#child, 10_000);
    this.#child.send(question);
    return answer;
  }
}

async function answerOf(child: ChildProcess, timeoutMs: number): Promise<unknown> {
  const enough = new AbortController();
  const { signal } = enough;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal }).then(([code, by]: unknown[]) => fail(`it ended with ${by ?? `code ${code}`}`)),
      sleep(timeoutMs, undefined, { signal }).then(() => fail(`it said nothing for ${timeoutMs} ms`)),
    ]);
  } finally {
    enough.abort();
  }
}

function fail(reason: string): never {
  throw new Error(reason);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
