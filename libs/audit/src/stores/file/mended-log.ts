import { type FileHandle } from 'node:fs/promises';
import type { ChainHead } from '../../audit-chain.js';
import { canonicalForm, hashOf } from '../../canonical-form.js';
import { linesBackwards } from './lines-backwards.js';
import { lineOf, readLine } from './record-line.js';
import { UnusableFolder } from './unusable-folder.js';

export interface MendedLog {
  readonly size: number;
  readonly head?: ChainHead;
}

const LINE_END = 0x0a;

/**
 * Makes a file end with a whole record: a process that is killed, or a machine that loses power, can leave the last line
 * unfinished. Nobody was told that such a record is written.
 */
export async function mendLog(file: FileHandle, path: string): Promise<MendedLog> {
  const { size } = await file.stat();
  let end = size;
  for await (const { text: line, start } of linesBackwards(file, size)) {
    const isWhole = await endsLine(file, end);
    const stored = readLine(line);
    if (stored !== undefined && isIntact(line)) {
      if (!isWhole) await file.appendFile('\n');
      else if (end < size) await file.truncate(end);
      await file.datasync();
      const { record, hash } = stored;
      return { size: isWhole ? end : end + 1, head: { seq: record.seq, hash, id: record.id } };
    }
    if (isWhole) {
      throw new UnusableFolder(
        `AuditModule: the last record in "${path}" is not what was written there. ` +
          'Look into it with `npx crowsnest-audit verify`, then move the file away.',
      );
    }
    end = start;
  }
  await file.truncate(0);
  return { size: 0 };
}

async function endsLine(file: FileHandle, end: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, end - 1);
  return last[0] === LINE_END;
}

function isIntact(line: string): boolean {
  const { record, hash } = readLine(line)!;
  const canonical = canonicalForm(record);
  return hashOf(canonical) === hash && lineOf({ hash, canonical }) === line;
}
