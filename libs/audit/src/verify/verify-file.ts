import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AUDIT_FILE, lineOf, readLine } from '../stores/file/record-line.js';
import { ChainCheck } from './chain-check.js';
import type { Verification } from './verdict.js';

const LINE_END = 0x0a;

/** Verifies the file of a folder, or the files of all folders in it, each a chain of its own. */
export async function verifyFolder(folder: string): Promise<Verification> {
  let records = 0;
  const notes: string[] = [];
  const files = await auditFilesIn(folder);
  for (const file of files) {
    const one = await verifyFile(file);
    records += one.records;
    notes.push(...one.notes);
    if (one.fault !== undefined) return { records, streams: files.length, notes, fault: one.fault };
  }
  return { records, streams: files.length, notes };
}

async function auditFilesIn(folder: string): Promise<string[]> {
  if (!(await stat(folder)).isDirectory()) return [folder];
  const names = await readdir(folder, { withFileTypes: true });
  if (names.some(({ name }) => name === AUDIT_FILE)) return [join(folder, AUDIT_FILE)];
  const folders = names.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const files: string[] = [];
  for (const inner of folders.sort()) {
    if ((await readdir(inner)).includes(AUDIT_FILE)) files.push(join(inner, AUDIT_FILE));
  }
  if (files.length > 0) return files;
  throw new Error(`there is no ${AUDIT_FILE} in "${folder}" or in a folder of it`);
}

async function verifyFile(path: string): Promise<Verification> {
  const check = new ChainCheck();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  const faultIn = (line: Buffer): string | undefined => {
    number += 1;
    const text = decoded(decoder, line);
    const stored = text === undefined ? undefined : readLine(text);
    if (text === undefined || stored === undefined) return 'INVALID: invalid format';
    const prefix = lineOf({ hash: stored.hash, canonical: '' }).slice(0, -1);
    return text.startsWith(prefix) ? check.next(stored, text.slice(prefix.length, -1)) : 'INVALID: non-canonical';
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = block.indexOf(LINE_END); end >= 0; end = block.indexOf(LINE_END)) {
      const verdict = faultIn(block.subarray(0, end));
      if (verdict !== undefined)
        return { records: number, streams: 1, notes: [], fault: { place: placeOf(), verdict } };
      block = block.subarray(end + 1);
    }
    rest = block;
  }
  function placeOf(): string {
    return `${path}:${number} (record ${(check.head?.seq ?? 0) + 1} expected)`;
  }
  if (rest.length === 0) return { records: number, streams: 1, notes: [] };
  return unfinished(rest, { records: number, place: `${path}:${number + 1}`, faultIn });
}

/** A writer that was killed leaves the begin of a record; anything else behind the last line was put there. */
function unfinished(
  rest: Buffer,
  { records, place, faultIn }: { records: number; place: string; faultIn: (line: Buffer) => string | undefined },
): Verification {
  if (readLine(rest.toString('utf8')) !== undefined) {
    const verdict = faultIn(rest);
    return {
      records: records + 1,
      streams: 1,
      notes: [],
      fault: verdict === undefined ? undefined : { place, verdict },
    };
  }
  const isWholeButItsEnd = readLine(rest.subarray(0, -1).toString('utf8')) !== undefined;
  const isBegin = `{"hash":"`.startsWith(rest.subarray(0, 9).toString('latin1'));
  if (isWholeButItsEnd || !isBegin) {
    return { records: records + 1, streams: 1, notes: [], fault: { place, verdict: 'INVALID: invalid format' } };
  }
  const note = `${basename(place)} was never finished: its writer was stopped, and nobody was told that it is written`;
  return { records, streams: 1, notes: [note] };
}

function decoded(decoder: InstanceType<typeof TextDecoder>, line: Buffer): string | undefined {
  try {
    return decoder.decode(line);
  } catch {
    return undefined;
  }
}
