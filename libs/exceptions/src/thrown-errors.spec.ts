import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './exception-fingerprint.js';
import { scrubberOf } from '#redaction';
import { readThrown } from './thrown-errors.js';

const LONG = 100_000;

/** Errors of one fault, each with words of its own. */
function faults(words: readonly string[]): Error[] {
  return words.map((message) => new RangeError(message));
}

describe('an error that was read', () => {
  it('keeps its frames, and its issue, however long its message is', () => {
    const read = faults(['short', 'a'.repeat(LONG), 'b\n    at c (/d.js:1:1)'.repeat(LONG / 20)]).map((error) =>
      readThrown(error, scrubberOf({})),
    );
    expect(read.map(([{ frames }]) => frames[0]?.file)).toEqual(read.map(() => import.meta.filename));
    expect(new Set(read.map((thrown) => fingerprintOf(thrown).id)).size).toBe(1);
  });

  it('keeps its frames when it was given other words than its stack has', () => {
    const [error] = faults(['a'.repeat(LONG)]) as [Error];
    error.message = 'other words';
    const [{ frames, message }] = readThrown(error, scrubberOf({}));
    expect([message, frames[0]?.file]).toEqual(['other words', import.meta.filename]);
  });

  it('shows message and frames in a stack of bounded length', () => {
    const [error, short] = faults(['a'.repeat(LONG), 'too hot']) as [Error, Error];
    error.stack += '\n    at more (/more.js:1:1)'.repeat(LONG);
    const [{ stack }] = readThrown(error, scrubberOf({}));
    expect(stack).toMatch(/^RangeError: a+\[\d+ more characters\]\n {4}at /);
    expect(stack!.length).toBeLessThan(30_000);
    expect(readThrown(short, scrubberOf({}))[0].stack).toBe(short.stack);
  });
});
