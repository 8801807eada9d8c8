import type { SecretKeys, Secrecy } from './secret-keys.js';

/** Ends a key. Zero-width characters do not, or they would hide one; they are why this is not `\s`. */
const DELIMITER = String.raw` \t\r\n\f\v\u00a0\u2028\u2029\u3000=:"'\`\\&?;,{}()\[\]<>|/`;

/** `key=`, `"key":`, `key: `, `\"key\":`, `key => ` and keys of two words such as `api key:`. */
const KEY = new RegExp(
  String.raw`(?<![^${DELIMITER}])((?:[^${DELIMITER}]+ (?=(?:key|number|code|phrase|id|string|value)\b))?[^${DELIMITER}]+)` +
    String.raw`(\\*["'\`]?)[ \t]*[=:]{1,3}>?[ \t]*`,
  'gi',
);

const QUOTED = String.raw`(?<quote>\\*["'\`])(?:[\s\S]*?(?<!\\)\k<quote>|[\s\S]*)`;
const BRACKETED = String.raw`\{[^{}]*\}|\[[^[\]]*\]|[{[][\s\S]*`;
/** A value of JSON, which what stands around it does not belong to. */
const LITERAL = String.raw`(?:-?\d+(?:\.\d+)?|null|true|false|undefined)(?=[}\])]*,?(?:[\s"'\\{[]|$))`;
/** A word with the scheme before it. A comma ends it only where something new begins. */
const WORD = String.raw`(?:(?:bearer|basic|digest|token)[ \t]+)?(?:[^\s&;,"'\`\\]|\\(?!["'\`])|,(?![\s"'\\]))+`;

/** What has no end reaches to the end of the text. */
const VALUE = new RegExp([QUOTED, BRACKETED, LITERAL, WORD].join('|'), 'iy');

/** The value of these headers has spaces and semicolons in it. */
const TAKES_THE_LINE = /authorization|cookie/i;
const LINE = /(?!\\*["'`{[])[^\r\n]+/y;

/** A line of a stack names a file and a place in it: `token-verifier.js:17:3` gives nothing to a key. */
const SOURCE_FILE = /\.[cm]?[jt]sx?$/i;
const PLACE = /^\d+(?::\d+)?\)?$/;

const NOTHING = /^(?:null|undefined|true|false)$/;
const NUMBER = /^\d+(?:\.\d+)?[a-z]{0,2}$/i;

/** Replaces the values that a text gives to secret keys. */
export function replaceAssignments(text: string, keys: SecretKeys, replacement: () => string): string {
  let result = '';
  let copied = 0;
  let place = 0;
  for (let match = matchAt(KEY, text, place); match; match = matchAt(KEY, text, place)) {
    const [whole, key, keyQuote] = match as unknown as [string, string, string];
    const start = match.index + whole.length;
    place = start;
    const { secrecy } = keys.lookUp(key);
    if (secrecy === 'open') continue;
    const value = valueAt(text, start, key);
    if (value === '' || isHarmless(value, secrecy) || (SOURCE_FILE.test(key) && PLACE.test(value))) continue;
    // A quoted key is one of JSON, where the value must have quotes even if the secret had none.
    const quote = /^\\*["'`]/.exec(value)?.[0] ?? keyQuote;
    result += text.slice(copied, start) + quote + replacement() + quote;
    copied = start + value.length;
    place = copied;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function matchAt(pattern: RegExp, text: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

function valueAt(text: string, start: number, key: string): string {
  for (const pattern of TAKES_THE_LINE.test(key) ? [LINE, VALUE] : [VALUE]) {
    const value = matchAt(pattern, text, start)?.[0];
    if (value) return value;
  }
  return '';
}

function isHarmless(value: string, secrecy: Secrecy): boolean {
  return NOTHING.test(value) || (secrecy === 'countable' && NUMBER.test(value));
}
