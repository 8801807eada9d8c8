import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Every access line has one of them, the suite's or pino-http's, and no other line does.
const ACCESS_LINE = /"(?:duration_ms|responseTime)":/g;
const SAMPLED_LINE = /"trace_flags":"01".*"duration_ms":/g;

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
    return this.#matches(ACCESS_LINE);
  }

  /** How many of them are of requests whose trace was sampled. */
  countSampled(): number {
    return this.#matches(SAMPLED_LINE);
  }

  /** The first line that tells of an error, for a message about a server that failed. */
  complaint(): string {
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    return (lines.find((line) => /error|"level":60/i.test(line)) ?? lines.at(-1)!).slice(0, 500);
  }

  empty(): void {
    ftruncateSync(this.fd);
  }

  #matches(pattern: RegExp): number {
    return readFileSync(this.#path, 'utf8').match(pattern)?.length ?? 0;
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}
