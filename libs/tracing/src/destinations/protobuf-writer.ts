/** Enough for a length of up to 256 megabytes. */
const LENGTH_BYTES = 4;
const MAX_VARINT_BYTES = 10;
const TAG_BYTES = 2;

/** Writes protobuf's wire format into a buffer that grows and is used again. A tag is the number of a field times eight, plus its wire type. */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #at = 0;

  /** Drops what was written. */
  clear(): void {
    this.#at = 0;
  }

  /** A copy of what was written; the writer is empty again. */
  take(): Uint8Array {
    const taken = Buffer.allocUnsafe(this.#at);
    this.#bytes.copy(taken, 0, 0, this.#at);
    this.#at = 0;
    return taken;
  }

  /** Begins a message inside of this one, whose length is known at its end. */
  begin(tag: number): number {
    this.#reserve(TAG_BYTES + LENGTH_BYTES);
    this.#varint(tag);
    this.#at += LENGTH_BYTES;
    return this.#at;
  }

  /** Ends the message that began at that place. */
  end(start: number): void {
    const length = this.#at - start;
    this.#at = start - LENGTH_BYTES;
    this.#varint(length);
    this.#bytes.copyWithin(this.#at, start, start + length);
    this.#at += length;
  }

  integer(tag: number, value: number): void {
    this.#reserve(TAG_BYTES + MAX_VARINT_BYTES);
    this.#varint(tag);
    this.#varint(value);
  }

  text(tag: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.#reserve(TAG_BYTES + MAX_VARINT_BYTES + length);
    this.#varint(tag);
    this.#varint(length);
    this.#at += this.#bytes.write(value, this.#at);
  }

  /** Bytes that are given as hexadecimal digits. */
  hex(tag: number, digits: string): void {
    this.#reserve(TAG_BYTES + 1 + digits.length / 2);
    this.#varint(tag);
    this.#bytes[this.#at++] = digits.length / 2;
    this.#at += this.#bytes.write(digits, this.#at, 'hex');
  }

  double(tag: number, value: number): void {
    this.#reserve(TAG_BYTES + 8);
    this.#varint(tag);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  /** A time as nanoseconds in 64 bits: more than a number can hold, so in two halves. */
  time(tag: number, [seconds, nanoseconds]: readonly [number, number]): void {
    this.#reserve(TAG_BYTES + 8);
    const upper = Math.floor(seconds / 0x1_0000) * 1e9;
    const lower = (upper % 0x1_0000) * 0x1_0000 + (seconds % 0x1_0000) * 1e9 + nanoseconds;
    const high = Math.floor(upper / 0x1_0000) + Math.floor(lower / 0x1_0000_0000);
    this.#varint(tag);
    this.#word(lower % 0x1_0000_0000);
    this.#word(high);
  }

  fixed32(tag: number, value: number): void {
    this.#reserve(TAG_BYTES + 4);
    this.#varint(tag);
    this.#word(value);
  }

  /** What was written before, or whose tag is part of it. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Four bytes, the lowest first. */
  #word(value: number): void {
    const word = value | 0;
    this.#bytes[this.#at++] = word;
    this.#bytes[this.#at++] = word >> 8;
    this.#bytes[this.#at++] = word >> 16;
    this.#bytes[this.#at++] = word >> 24;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#at++] = rest;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
