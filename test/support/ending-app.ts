import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.ts';

interface Line {
  msg: string;
  level: number;
  url?: string;
  context?: string;
  err?: { type: string; message: string };
}

/** The app of `apps/ending-app.mjs` as a process, with all that it wrote. */
export class EndingApp implements AsyncDisposable {
  readonly lines: Line[] = [];
  readonly notJson: string[] = [];
  readonly #child: ChildProcess;
  readonly ended: Promise<unknown[]>;

  constructor(ending: string) {
    this.#child = spawn(process.execPath, [join(import.meta.dirname, 'apps', 'ending-app.mjs'), ending], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', (text) => this.#read(text));
    }
    this.ended = once(this.#child, 'close');
  }

  #read(text: string): void {
    if (text.startsWith('{')) this.lines.push(JSON.parse(text) as Line);
    else this.notJson.push(text);
  }

  url(): Promise<string> {
    return eventually(() => this.lines.find(({ msg }) => msg === 'listening')?.url, 'line that says where it listens');
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.ended;
  }
}
