import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Every access line has it, and no other line.
const MARK = '"duration_ms":';

/** The file that is the stdout of a server. A pipe would stall a server whenever this process is busy with the load. */
export class AccessLineFile implements Disposable {
  readonly #path: string;
  /** To be handed to the server; appending, so that emptying the file leaves no hole. */
  readonly fd: number;

  constructor(directory: string) {
    this.#path = join(directory, 'stdout');
    this.fd = openSync(this.#path, 'a+');
  }

  /** How many access lines were written since the file was emptied. */
  count(): number {
    const text = readFileSync(this.#path);
    let lines = 0;
    for (let at = text.indexOf(MARK); at !== -1; at = text.indexOf(MARK, at + MARK.length)) lines += 1;
    return lines;
  }

  /** The first line that tells of an error, for a message about a server that failed. */
  complaint(): string {
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    return (lines.find((line) => /error|"level":60/i.test(line)) ?? lines.at(-1)!).slice(0, 500);
  }

  empty(): void {
    ftruncateSync(this.fd);
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}
