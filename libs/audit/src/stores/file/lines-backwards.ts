import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1_024;
const LINE_END = 0x0a;

export interface PlacedLine {
  readonly text: string;
  /** Where its first byte stands in the file. */
  readonly start: number;
}

/** Reads the lines of a file from the one that ends at a place to the first one, holding little of it at a time. */
export async function* linesBackwards(file: FileHandle, endOffset: number): AsyncGenerator<PlacedLine> {
  let rest = Buffer.alloc(0);
  for (let offset = endOffset; offset > 0;) {
    const start = Math.max(0, offset - CHUNK_BYTES);
    const chunk = Buffer.alloc(offset - start);
    await file.read(chunk, 0, chunk.length, start);
    offset = start;
    const block = Buffer.concat([chunk, rest]);
    let end = block.length;
    while (end > 0) {
      const before = block.lastIndexOf(LINE_END, end - 1);
      if (before < 0) break;
      if (before + 1 < end) yield { text: block.toString('utf8', before + 1, end), start: start + before + 1 };
      end = before;
    }
    rest = block.subarray(0, end);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), start: 0 };
}
