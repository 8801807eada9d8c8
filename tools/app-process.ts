import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** An app as a script starts it. */
export interface AppToStart {
  name: string;
  /** The JavaScript file that runs it. */
  entry: string;
  /** The port on 127.0.0.1 that it is told, as `PORT`, to listen on. */
  port: number;
  /** Further variables; undefined hides one that this process has. */
  env: Record<string, string | undefined>;
}

export interface AppProcessOptions {
  /** Takes each line that the app writes; without it the app writes to the stdout and stderr of this process. */
  onLine?: (line: string) => void;
  /** How long the app may drain after SIGTERM before it is killed. @default 30_000 */
  drainMs?: number;
}

const leash = pathToFileURL(join(import.meta.dirname, 'end-with-parent.mjs')).href;
const hasProcessGroups = process.platform !== 'win32';

/** A running app: tells when it answers and when it ends, and stops it the polite way first. */
export class AppProcess implements AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** How it ended, in words: "exit code 1" or "signal SIGKILL". Never rejects. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #drainMs: number;
  #hasEnded = false;

  constructor(app: AppToStart, { onLine, drainMs = 30_000 }: AppProcessOptions = {}) {
    this.name = app.name;
    this.url = `http://127.0.0.1:${app.port}`;
    this.#drainMs = drainMs;
    const output = onLine ? 'pipe' : 'inherit';
    this.#child = spawn(process.execPath, ['--import', leash, app.entry], {
      env: { ...process.env, ...app.env, PORT: `${app.port}`, HOST: '127.0.0.1' },
      // In a process group of its own: Ctrl-C reaches the starter alone, which then stops its apps in order.
      detached: hasProcessGroups,
      stdio: ['pipe', output, output],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream && onLine) createInterface({ input: stream }).on('line', onLine);
    }
    this.ended = this.#end();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Waits until the app answers HTTP and no longer says, with 503, that it is not ready. */
  async untilReady({ timeoutMs = 60_000, say = (_line: string): void => undefined } = {}): Promise<void> {
    const begin = Date.now();
    let nextWordMs = 5_000;
    while (!(await this.#isReady())) {
      if (this.#hasEnded) throw new Error(`${this.name}: ended with ${await this.ended} before it was ready`);
      const waitedMs = Date.now() - begin;
      if (waitedMs > timeoutMs) {
        throw new Error(
          `${this.name}: did not become ready on ${this.url} within ${timeoutMs / 1000} s. Its log says why.`,
        );
      }
      if (waitedMs > nextWordMs) {
        say(`${this.name}: not ready yet on ${this.url}, waiting for ${Math.round(waitedMs / 1000)} s`);
        nextWordMs += 5_000;
      }
      await Promise.race([sleep(100), this.ended]);
    }
  }

  /** Lets the app drain and stop; kills it when it takes too long. */
  async stop(): Promise<string> {
    if (!this.#hasEnded) this.#child.kill('SIGTERM');
    const giveUp = new AbortController();
    const inTime = await Promise.race([
      this.ended.then(() => true),
      sleep(this.#drainMs, false, { signal: giveUp.signal }).catch(() => true),
    ]);
    giveUp.abort();
    if (!inTime) this.stopNow();
    return this.ended;
  }

  /** Kills the app and all that it started, without waiting. */
  stopNow(): void {
    if (this.#hasEnded || this.#child.pid === undefined) return;
    if (hasProcessGroups) process.kill(-this.#child.pid, 'SIGKILL');
    else this.#child.kill('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #end(): Promise<string> {
    try {
      const [code, signal] = (await once(this.#child, 'exit')) as [number | null, NodeJS.Signals | null];
      return signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      return `no process: ${(error as Error).message}`;
    } finally {
      this.#hasEnded = true;
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      await response.body?.cancel();
      return response.status !== 503;
    } catch {
      return false;
    }
  }
}
