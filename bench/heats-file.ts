import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Heat } from './heat.ts';
import type { StartCost } from './start-up.ts';

/** What the heats of one file have in common; those of anything else cannot be compared with them. */
export interface Subject {
  /** The digest of what was built. */
  build: string;
  node: string;
  form: 'full' | 'short';
}

type Entry = { heat: Heat } | { starts: readonly StartCost[] };

export const HEATS_PATH = join(import.meta.dirname, 'heats.ndjson');

/** What was measured so far, line by line, so that nothing is lost of a run that is stopped. */
export class HeatsFile {
  readonly heats: readonly Heat[];
  /** What the starts took, if they were measured already. */
  readonly starts: readonly StartCost[] | undefined;
  readonly #path: string;

  private constructor(path: string, entries: readonly Entry[]) {
    this.#path = path;
    this.heats = entries.flatMap((entry) => ('heat' in entry ? [entry.heat] : []));
    this.starts = entries.flatMap((entry) => ('starts' in entry ? [entry.starts] : [])).at(-1);
  }

  /** Starts the file anew. */
  static begin(subject: Subject, path = HEATS_PATH): HeatsFile {
    writeFileSync(path, line(subject));
    return new HeatsFile(path, []);
  }

  /** Goes on with the file that is there, if it tells of the same. */
  static goOn(subject: Subject, path = HEATS_PATH): HeatsFile {
    if (!existsSync(path)) throw new Error(`There is no ${path} to go on from. Run without --again.`);
    const [first, ...entries] = readFileSync(path, 'utf8').trimEnd().split('\n').map(parsed);
    const there = first as Partial<Subject>;
    for (const [key, value] of Object.entries(subject)) {
      if (there[key as keyof Subject] === value) continue;
      throw new Error(`${path} tells of another ${key} and cannot be gone on from. Run without --again.`);
    }
    return new HeatsFile(path, entries as Entry[]);
  }

  append(entry: Entry): void {
    appendFileSync(this.#path, line(entry));
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
