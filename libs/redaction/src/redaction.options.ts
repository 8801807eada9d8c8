/** What, besides the built-in rules, must never be written down, and how much may be. */
export interface RedactionOptions {
  /**
   * Further words that make a key secret, in any case and with any separators: `'tax id'` covers `taxId` and `customer-tax-id`.
   * @default []
   */
  keys?: string[];
  /**
   * Further patterns of text that is secret wherever it stands; they run on every text, so their time must grow with its length only.
   * @default []
   */
  patterns?: RegExp[];
  /**
   * Whole keys that are not secret although they look it, and query parameters whose values may be shown, such as `'token_type'`.
   * @default []
   */
  allowKeys?: string[];
  /**
   * How many objects deep a value is copied.
   * @default 8
   */
  maxDepth?: number;
  /**
   * How many entries of one object or list are copied; ten times as many in the whole value.
   * @default 200
   */
  maxKeys?: number;
  /**
   * How many characters of one text are kept; sixteen times as many in the whole value.
   * @default 8192
   */
  maxStringLength?: number;
  /**
   * What stands in the place of a secret.
   * @default '[redacted]'
   */
  replacement?: string;
}

export const DEFAULT_REDACTION_OPTIONS: Readonly<Required<RedactionOptions>> = Object.freeze({
  keys: [],
  patterns: [],
  allowKeys: [],
  maxDepth: 8,
  maxKeys: 200,
  maxStringLength: 8_192,
  replacement: '[redacted]',
});

/** The token under which an application provides its redaction options. */
export const REDACTION_OPTIONS = Symbol('REDACTION_OPTIONS');

/** Fills in the defaults and refuses what cannot work, naming the option and its value. */
export function resolveRedactionOptions(options: RedactionOptions = {}): Required<RedactionOptions> {
  for (const name of Object.keys(options)) {
    if (name in DEFAULT_REDACTION_OPTIONS) continue;
    throw new TypeError(
      `RedactionOptions: ${JSON.stringify(name)} is not an option. Use one of ${Object.keys(DEFAULT_REDACTION_OPTIONS).join(', ')}`,
    );
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved: Required<RedactionOptions> = { ...DEFAULT_REDACTION_OPTIONS, ...Object.fromEntries(given) };
  for (const name of ['keys', 'allowKeys'] as const) requireWords(name, resolved[name]);
  requirePatterns(resolved.patterns);
  for (const name of ['maxDepth', 'maxKeys', 'maxStringLength'] as const) {
    const value: unknown = resolved[name];
    if (Number.isSafeInteger(value) && (value as number) >= 1) continue;
    throw new RangeError(
      `RedactionOptions: ${name} ${shown(value)} is not a whole number of at least 1. ` +
        `Leave it out for ${DEFAULT_REDACTION_OPTIONS[name]}`,
    );
  }
  if (typeof resolved.replacement !== 'string' || resolved.replacement === '') {
    throw new TypeError(
      `RedactionOptions: replacement ${shown(resolved.replacement)} is not a text. Leave it out for "[redacted]"`,
    );
  }
  return resolved;
}

function requireWords(name: string, words: unknown): void {
  if (!Array.isArray(words)) {
    throw new TypeError(`RedactionOptions: ${name} ${shown(words)} is not a list. Give an array of words`);
  }
  for (const word of words as unknown[]) {
    if (typeof word === 'string' && /\p{L}/u.test(word)) continue;
    throw new TypeError(
      `RedactionOptions: ${name} holds ${shown(word)}, which has no letter. Give words such as "tax id"`,
    );
  }
}

function requirePatterns(patterns: unknown): void {
  if (!Array.isArray(patterns)) {
    throw new TypeError(`RedactionOptions: patterns ${shown(patterns)} is not a list. Give an array of RegExp`);
  }
  for (const pattern of patterns as unknown[]) {
    if (!(pattern instanceof RegExp)) {
      throw new TypeError(
        `RedactionOptions: patterns holds ${shown(pattern)}, which is not a RegExp. Write it as /.../`,
      );
    }
    if (new RegExp(pattern.source, pattern.flags).test('')) {
      throw new TypeError(
        `RedactionOptions: pattern ${String(pattern)} matches the empty text, so it would match everywhere. Make it ask for a character`,
      );
    }
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
