import type { SecretKeys, Secrecy } from './secret-keys.js';

/** Ends a key. Zero-width characters do not, or they would hide one; they are why this is not `\s`. */
const DELIMITER = String.raw` \t\r\n\f\v\u00a0\u2028\u2029\u3000=:"'\`\\&?;,{}()\[\]<>|/`;

/** `key=`, `"key":`, `key: `, `\"key\":`, `key => ` and keys of two words such as `api key:`. */
const KEY = new RegExp(
  String.raw`(?<![^${DELIMITER}])((?:[^${DELIMITER}]+ (?=(?:key|number|code|phrase|id|string|value)\b))?[^${DELIMITER}]+)` +
    String.raw`(\\*["'\`]?)[ \t]*[=:]{1,3}>?[ \t]*`,
  'gi',
);

/** A quoted text, an object or a list, or a word with the scheme before it. What has no end reaches to the end of the text. */
const VALUE =
  /(?<quote>\\*["'`])(?:[\s\S]*?(?<!\\)\k<quote>|[\s\S]*)|\{[^{}]*\}|\[[^[\]]*\]|[{[][\s\S]*|(?:(?:bearer|basic|digest|token)[ \t]+)?(?:[^\s&;,"'`\\]|\\(?!["'`])|,(?!\s))+/iy;

/** The value of these headers has spaces and semicolons in it. */
const TAKES_THE_LINE = /authorization|cookie/i;
const LINE = /(?!\\*["'`{[])[^\r\n]+/y;

const NOTHING = /^(?:null|undefined|true|false)$/;
const NUMBER = /^\d+(?:\.\d+)?[a-z]{0,2}$/i;

/** Replaces the values that a text gives to secret keys. */
export function replaceAssignments(text: string, keys: SecretKeys, replacement: () => string): string {
  let result = '';
  let copied = 0;
  KEY.lastIndex = 0;
  for (let match = KEY.exec(text); match; match = KEY.exec(text)) {
    const { secrecy } = keys.lookUp(match[1]!);
    if (secrecy === 'open') continue;
    const start = KEY.lastIndex;
    const value = valueAt(text, start, match[1]!);
    if (value === '' || isHarmless(value, secrecy)) continue;
    // A quoted key is one of JSON, where the value must have quotes even if the secret had none.
    const quote = /^\\*["'`]/.exec(value)?.[0] ?? match[2]!;
    result += text.slice(copied, start) + quote + replacement() + quote;
    copied = start + value.length;
    KEY.lastIndex = copied;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function valueAt(text: string, start: number, key: string): string {
  for (const pattern of TAKES_THE_LINE.test(key) ? [LINE, VALUE] : [VALUE]) {
    pattern.lastIndex = start;
    const value = pattern.exec(text)?.[0];
    if (value) return value;
  }
  return '';
}

function isHarmless(value: string, secrecy: Secrecy): boolean {
  return NOTHING.test(value) || (secrecy === 'countable' && NUMBER.test(value));
}
