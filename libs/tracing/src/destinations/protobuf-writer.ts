const BLOCK_BYTES = 64 * 1024;
const MAX_VARINT_BYTES = 10;
const TAG_BYTES = 2;
/** Longer texts are written by Node, which takes longer to begin with. */
const MAX_SHORT_TEXT = 64;
const MAX_ASCII = 0x7f;

/** What each digit of a hexadecimal number stands for, by its character code. */
const VALUE_OF_DIGIT = Uint8Array.from({ length: MAX_ASCII + 1 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

/**
 * A part of a buffer that holds other things, too. Pieces wait; were they made by a literal, V8 would learn that and make
 * them old from their beginning, and with each of them its buffer would stay until all of memory is searched.
 */
export class Piece {
  constructor(
    readonly buffer: Uint8Array,
    readonly start: number,
    readonly end: number,
  ) {}

  /** A view of it as an array of its own. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(this.start, this.end);
  }
}

/** Writes protobuf's wire format, one thing after the other into large blocks. A tag is the number of a field times eight, plus its wire type. */
export class ProtobufWriter {
  #bytes = Buffer.alloc(0);
  /** Where that begins which is being written. */
  #start = 0;
  #at = 0;

  /** Drops what was written since something was taken. */
  clear(): void {
    this.#at = this.#start;
  }

  /** What was written since then. */
  take(): Piece {
    const piece = new Piece(this.#bytes, this.#start, this.#at);
    this.#start = this.#at;
    return piece;
  }

  /** Begins a message inside of this one, whose length, known at its end, will probably take so many bytes. */
  begin(tag: number, lengthBytes = 1): number {
    this.reserve(TAG_BYTES + MAX_VARINT_BYTES);
    this.#varint(tag);
    this.#at += lengthBytes;
    return this.#at - this.#start;
  }

  /** Ends the message that began at that place. */
  end(place: number, lengthBytes = 1): void {
    const length = this.#at - this.#start - place;
    const shift = varintBytes(length) - lengthBytes;
    this.reserve(shift);
    const start = this.#start + place;
    if (shift !== 0) this.#bytes.copyWithin(start + shift, start, this.#at);
    this.#at = start - lengthBytes;
    this.#varint(length);
    this.#at += length;
  }

  integer(tag: number, value: number): void {
    this.reserve(TAG_BYTES + MAX_VARINT_BYTES);
    this.#varint(tag);
    this.#varint(value);
  }

  text(tag: number, value: string): void {
    if (this.#shortText(tag, value)) return;
    const length = Buffer.byteLength(value);
    this.reserve(TAG_BYTES + MAX_VARINT_BYTES + length);
    this.#varint(tag);
    this.#varint(length);
    this.#at += this.#bytes.write(value, this.#at);
  }

  /** Bytes that are given as hexadecimal digits. */
  hex(tag: number, digits: string): void {
    const length = digits.length / 2;
    this.reserve(TAG_BYTES + MAX_VARINT_BYTES + length);
    this.#varint(tag);
    this.#varint(length);
    const bytes = this.#bytes;
    const start = this.#at;
    for (let place = 0; place < length; place += 1) {
      const high = VALUE_OF_DIGIT[digits.charCodeAt(2 * place)]!;
      bytes[start + place] = (high << 4) | VALUE_OF_DIGIT[digits.charCodeAt(2 * place + 1)]!;
    }
    this.#at += length;
  }

  double(tag: number, value: number): void {
    this.reserve(TAG_BYTES + 8);
    this.#varint(tag);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  /** A time as nanoseconds in 64 bits: more than a number can hold, so in two halves. */
  time(tag: number, [seconds, nanoseconds]: readonly [number, number]): void {
    this.reserve(TAG_BYTES + 8);
    const upper = Math.floor(seconds / 0x1_0000) * 1e9;
    const lower = (upper % 0x1_0000) * 0x1_0000 + (seconds % 0x1_0000) * 1e9 + nanoseconds;
    const high = Math.floor(upper / 0x1_0000) + Math.floor(lower / 0x1_0000_0000);
    this.#varint(tag);
    this.#word(lower % 0x1_0000_0000);
    this.#word(high);
  }

  fixed32(tag: number, value: number): void {
    this.reserve(TAG_BYTES + 4);
    this.#varint(tag);
    this.#word(value);
  }

  /** What was written before, or whose tag is part of it. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Makes room for so many bytes; what was taken stays where it is. */
  reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const begun = this.#at - this.#start;
    const block = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, 2 * begun + bytes));
    this.#bytes.copy(block, 0, this.#start, this.#at);
    this.#bytes = block;
    this.#start = 0;
    this.#at = begun;
  }

  /** Says whether it could: the text has to be a short one, of characters of one byte each. */
  #shortText(tag: number, value: string): boolean {
    const { length } = value;
    if (length > MAX_SHORT_TEXT) return false;
    this.reserve(TAG_BYTES + 1 + length);
    const before = this.#at;
    this.#varint(tag);
    this.#varint(length);
    const bytes = this.#bytes;
    const start = this.#at;
    for (let place = 0; place < length; place += 1) {
      const code = value.charCodeAt(place);
      if (code > MAX_ASCII) {
        this.#at = before;
        return false;
      }
      bytes[start + place] = code;
    }
    this.#at += length;
    return true;
  }

  /** Four bytes, the lowest first. */
  #word(value: number): void {
    const bytes = this.#bytes;
    const at = this.#at;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.#at += 4;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#at++] = rest;
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}
