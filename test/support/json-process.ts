import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.ts';

export interface JsonLine {
  msg: string;
  level: number;
  url?: string;
  context?: string;
  trace_id?: string;
  'http.route'?: string;
  err?: { type: string; message: string };
}

/** A program as a process of its own, with all the lines that it wrote; it does not outlive its test. */
export class JsonProcess implements AsyncDisposable {
  readonly lines: JsonLine[] = [];
  readonly notJson: string[] = [];
  /** Its exit code and signal, once all that it wrote has been read. */
  readonly ended: Promise<unknown[]>;
  readonly #child: ChildProcess;

  constructor(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    const { LOG_LEVEL: _level, ...inherited } = process.env;
    this.#child = spawn(process.execPath, [script, ...args], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', (text) => this.#read(text));
    }
    this.ended = once(this.#child, 'close');
  }

  #read(text: string): void {
    if (text.startsWith('{')) this.lines.push(JSON.parse(text) as JsonLine);
    else this.notJson.push(text);
  }

  /** Waits for a line, which is buffered for a moment before it is written. */
  line(matches: (line: JsonLine) => boolean, what: string): Promise<JsonLine> {
    return eventually(() => this.lines.find(matches), what);
  }

  /** The address that it says it listens on. */
  async url(): Promise<string> {
    return (await this.line(({ msg }) => msg === 'listening', 'line that says where it listens')).url!;
  }

  /** The address of its operators' pages. */
  async pages(): Promise<string> {
    const { msg } = await this.line(({ context }) => context === 'ManagementServer', "address of the operators' pages");
    return /http:\S+/.exec(msg)![0];
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** The app of `apps/ending-app.mjs`, which ends in the way that its argument names. */
export function endingApp(ending: string, env: NodeJS.ProcessEnv = {}): JsonProcess {
  return new JsonProcess(join(import.meta.dirname, 'apps', 'ending-app.mjs'), [ending], env);
}
