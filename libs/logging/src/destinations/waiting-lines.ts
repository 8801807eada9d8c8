/** Lines that are written together. */
export interface LineBlock {
  readonly room: Buffer;
  bytes: number;
  lines: number;
}

const BLOCK_BYTES = 64 * 1024;
const MAX_BYTES_PER_CHARACTER = 3;

/**
 * Lines that wait to be written, as bytes: a line is put together from many pieces, and those are joined fastest while
 * they are new; kept as texts, they would also outlive the young generation.
 */
export class WaitingLines {
  #blocks: LineBlock[] = [];
  #spare: Buffer | undefined;

  /** Takes a line in and tells its bytes. */
  add(line: string): number {
    let block = this.#blocks.at(-1);
    if (block === undefined || !fits(line, block.room.length - block.bytes))
      this.#blocks.push((block = this.#begin(line)));
    const bytes = block.room.write(line, block.bytes);
    block.bytes += bytes;
    block.lines += 1;
    return bytes;
  }

  /** Gives the oldest lines, as many as are written in one go. */
  take(): LineBlock | undefined {
    return this.#blocks.shift();
  }

  /** Gives all lines. */
  takeAll(): LineBlock[] {
    return this.#blocks.splice(0);
  }

  /** Takes back the room of lines that are written. */
  reuse({ room }: LineBlock): void {
    if (room.length === BLOCK_BYTES) this.#spare = room;
  }

  #begin(line: string): LineBlock {
    const spare = fits(line, BLOCK_BYTES) ? this.#spare : undefined;
    if (spare !== undefined) this.#spare = undefined;
    return {
      room: spare ?? Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, Buffer.byteLength(line))),
      bytes: 0,
      lines: 0,
    };
  }
}

/** What a block holds. */
export function contentOf({ room, bytes }: LineBlock): Buffer {
  return room.subarray(0, bytes);
}

/** Whether a text takes no more bytes than that; most often its length alone says so. */
export function fits(line: string, bytes: number): boolean {
  return line.length * MAX_BYTES_PER_CHARACTER <= bytes || Buffer.byteLength(line) <= bytes;
}
