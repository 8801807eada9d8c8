import type { Fields } from './log-entry.js';
import { isReserved } from './reserved-keys.js';

/** Collectors cut or refuse longer lines. */
export const MAX_LINE_BYTES = 64 * 1024;
const MAX_BYTES_PER_CHARACTER = 3;
const SHORT_TEXT = 1_024;
/** Room for saying what was left out. */
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 60;
const RESERVE_BYTES = MAX_NAMES * MAX_NAME_LENGTH * 2 * MAX_BYTES_PER_CHARACTER;

/** Characters that end a line, turn it around or move the cursor where the line is shown; JSON has them in words, too. */
const UNSAFE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A line that is safe to show and not too long to ship; it stays JSON and means the same. */
export function boundLine(line: string): string {
  const safe = line.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const mayBeTooLong = safe.length * MAX_BYTES_PER_CHARACTER > MAX_LINE_BYTES;
  return mayBeTooLong && Buffer.byteLength(safe) > MAX_LINE_BYTES ? shorten(safe) : safe;
}

/** Cuts or leaves out the longest values first, and says which. */
function shorten(line: string): string {
  const fields = JSON.parse(line) as Fields;
  const cut: string[] = [];
  let excess = Buffer.byteLength(line) - MAX_LINE_BYTES + RESERVE_BYTES;
  for (const { name, value, bytes } of longestFirst(fields)) {
    if (excess <= 0) break;
    const start = typeof value === 'string' && value.length > SHORT_TEXT ? value.slice(0, SHORT_TEXT) : undefined;
    if (start === undefined) delete fields[name];
    else fields[name] = `${start}[${(value as string).length - SHORT_TEXT} more characters]`;
    excess -= bytes - (start === undefined ? 0 : bytesOf(name, fields[name]));
    cut.push(name.slice(0, MAX_NAME_LENGTH));
  }
  return `${JSON.stringify({ ...fields, log_truncated: cut.slice(0, MAX_NAMES) })}\n`;
}

function longestFirst(fields: Fields): { name: string; value: unknown; bytes: number }[] {
  return Object.entries(fields)
    .filter(([name]) => name === 'msg' || !isReserved(name))
    .map(([name, value]) => ({ name, value, bytes: bytesOf(name, value) }))
    .sort((one, other) => other.bytes - one.bytes);
}

function bytesOf(name: string, value: unknown): number {
  // A comma in the line stands for the braces here.
  return Buffer.byteLength(JSON.stringify({ [name]: value })) - 1;
}
