import type { Fields } from './log-entry.js';

/** Collectors cut or refuse longer lines. */
export const MAX_LINE_BYTES = 64 * 1024;
const MAX_BYTES_PER_CHARACTER = 3;
const SHORT_TEXT = 1_024;
const MAX_NAMES = 20;

/** Characters that end a line, turn it around or move the cursor where the line is shown; JSON has them in words, too. */
const UNSAFE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A line that is safe to show and not too long to ship; it stays JSON and means the same. */
export function boundLine(line: string): string {
  const safe = line.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const mayBeTooLong = safe.length * MAX_BYTES_PER_CHARACTER > MAX_LINE_BYTES;
  return mayBeTooLong && Buffer.byteLength(safe) > MAX_LINE_BYTES ? shorten(safe) : safe;
}

/** Leaves out the longest values first, and says which. */
function shorten(line: string): string {
  const fields = JSON.parse(line) as Fields;
  const lengths = Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value).length] as const);
  const longestFirst = lengths.sort((one, other) => other[1] - one[1]).map(([name]) => name);
  const leftOut: string[] = [];
  for (const name of longestFirst) {
    const value = fields[name];
    if (typeof value === 'string') fields[name] = `${value.slice(0, SHORT_TEXT)}[${value.length} characters]`;
    else delete fields[name];
    leftOut.push(name);
    fields['log_truncated'] = leftOut.slice(0, MAX_NAMES);
    const shorter = `${JSON.stringify(fields)}\n`;
    if (Buffer.byteLength(shorter) <= MAX_LINE_BYTES) return shorter;
  }
  const { level, time, service } = fields;
  return `${JSON.stringify({ level, time, service, log_truncated: true })}\n`;
}
