import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const AUDIT_FILE = 'audit.jsonl';
const NEWLINE = 0x0a;

/** The files that a server writes its audit records to, one line a record, wherever it puts them below its directory. */
export class AuditFiles {
  readonly #directory: string;
  readonly #read = new Map<string, number>();
  readonly #chunk = Buffer.allocUnsafe(1024 * 1024);
  #lines = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** How many records were ever written; what was counted before is not read again. */
  count(): number {
    const entries = readdirSync(this.#directory, { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of entries) if (name === AUDIT_FILE) this.#readOn(join(parentPath, name));
    return this.#lines;
  }

  #readOn(path: string): void {
    const fd = openSync(path, 'r');
    try {
      for (;;) {
        const from = this.#read.get(path) ?? 0;
        const length = readSync(fd, this.#chunk, 0, this.#chunk.length, from);
        if (length === 0) return;
        this.#read.set(path, from + length);
        const read = this.#chunk.subarray(0, length);
        for (let at = read.indexOf(NEWLINE); at !== -1; at = read.indexOf(NEWLINE, at + 1)) this.#lines += 1;
      }
    } finally {
      closeSync(fd);
    }
  }
}
