/** In the private use area, where neither routes nor names of classes are. */
const FIRST_MARK = 0xe000;
const ANY_MARK = /[\ue000-\uf8ff]/;

/** Together they keep a line far from the length at which lines are cut. */
const MAX_PATTERN_LENGTH = 8 * 1_024;
const MAX_VALUE_LENGTH = 1_024;

/** By code: 1 for the characters that JSON leaves as they are and that are safe to show. */
const PLAIN = new Uint8Array(128);
for (let code = 0x20; code < 0x7f; code += 1) PLAIN[code] = 1;
for (const character of '"\\') PLAIN[character.charCodeAt(0)] = 0;

/** Stands in a line for what is open in its pattern. */
export function mark(place: number): string {
  return String.fromCharCode(FIRST_MARK + place);
}

/** Whether a text can stand in a pattern: one that JSON leaves as it is, and that is safe to show. */
export function isPlain(text: string): boolean {
  if (text.length > MAX_VALUE_LENGTH) return false;
  // To start a regular expression takes longer than to look at texts as short as these.
  for (let place = 0; place < text.length; place += 1) {
    if (PLAIN[text.charCodeAt(place)] !== 1) return false;
  }
  return true;
}

/** A finished line of JSON in which some values are open. */
export class LinePattern {
  private constructor(private readonly parts: readonly string[]) {}

  /**
   * Takes a line apart at its marks, which stand in their order; one with quotes around it stands for a number. Marks
   * that the line does not have are left out. A line that has other such characters is no pattern.
   */
  static of(line: string, marks: readonly string[]): LinePattern | undefined {
    const parts: string[] = [];
    let rest = line;
    for (const open of marks) {
      const place = rest.indexOf(open);
      parts.push(place < 0 ? '' : rest.slice(0, place));
      if (place >= 0) rest = rest.slice(place + open.length);
    }
    parts.push(rest);
    const isPattern = line.length <= MAX_PATTERN_LENGTH && !parts.some((part) => ANY_MARK.test(part));
    return isPattern ? new LinePattern(parts.map(withoutMarks)) : undefined;
  }

  /** The line with a value for each mark, empty for one that it does not have. */
  fill(values: readonly string[]): string {
    const { parts } = this;
    let line = parts[0]!;
    for (let place = 0; place < values.length; place += 1) line = line + values[place]! + parts[place + 1]!;
    return line;
  }
}

/**
 * The same text, made anew: what is cut from a line with marks in it keeps their two bytes a character, and all lines
 * made of it would, which take many times as long to be written.
 */
function withoutMarks(part: string): string {
  return Buffer.from(part).toString();
}
