/** `countable` keys hold a secret unless the value is a number: `tokens_used`, `sessionCount`. */
export type Secrecy = 'open' | 'secret' | 'countable';

export interface KnownKey {
  /** The key as it may be written down. */
  name: string;
  secrecy: Secrecy;
}

/** Long enough to be unmistakable inside of a key that is written in one piece, such as `userpassword`. */
const STEM =
  /passwor[dt]|passwd|passphrase|passcode|secret(?!ar)|credential|authorization|cookie|sessionid|sessid|(?:api|access|private|signing|encryption)key|creditcard|cardnumber|securitycode|tokens?$/u;

/** Short words that are part of many others (`span`, `company`, `lessness`), so they count only as words of their own. */
const WORD = /_(?:pwd|tokens?|sessions?|jwt|otp|pan|cvv|cvc|ibans?|ssn)_/u;

/** Words that are secret as the subject of a key (`db_pass`) and harmless before another (`pass_rate`). */
const LAST_WORD = /_(?:pass|auth|pin|sid|sig|signature)_$/u;

const COUNTED =
  /(?:token|session|cookie|credential|secret|password|key)s_|_(?:count|total|length|size|ttl|age|expires|expiry|ms|seconds|minutes)_/u;

/** A name of that length is no name; what it holds is not looked at. */
const MAX_KEY_LENGTH = 256;
const MAX_KNOWN_KEYS = 2_048;

/** Knows which keys hold secrets, whatever their case and separators and however they try to look like others. */
export class SecretKeys {
  readonly #secret: string[];
  readonly #allowed: Set<string>;
  readonly #known = new Map<string, KnownKey>();
  readonly #redactText: (text: string) => string;

  constructor(secretWords: readonly string[], allowedKeys: readonly string[], redactText: (text: string) => string) {
    this.#secret = secretWords.map(wordsOf);
    this.#allowed = new Set(allowedKeys.map(wordsOf));
    this.#redactText = redactText;
  }

  /** Says what is known of a key; the answer is remembered, as the same keys come again and again. */
  lookUp(key: string): KnownKey {
    const known = this.#known.get(key);
    if (known) return known;
    if (key.length > MAX_KEY_LENGTH) return { name: `[key of ${key.length} characters]`, secrecy: 'secret' };
    const fresh = { name: this.#redactText(key), secrecy: this.#secrecyOf(key) };
    if (this.#known.size >= MAX_KNOWN_KEYS) this.#known.clear();
    this.#known.set(key, fresh);
    return fresh;
  }

  /** Says whether a key was named as one that may be shown. */
  isAllowed(key: string): boolean {
    return key.length <= MAX_KEY_LENGTH && this.#allowed.has(wordsOf(key));
  }

  #secrecyOf(key: string): Secrecy {
    const words = wordsOf(key);
    if (this.#allowed.has(words)) return 'open';
    const compact = words.replaceAll('_', '');
    const ownWord = this.#secret.some((word) => words.includes(word) || compact === word.replaceAll('_', ''));
    if (ownWord) return 'secret';
    const isSecret =
      STEM.test(compact) || [words, `_${compact}_`].some((form) => WORD.test(form) || LAST_WORD.test(form));
    if (!isSecret) return 'open';
    return COUNTED.test(words) ? 'countable' : 'secret';
  }
}

/** Brings a key into one form, words between underscores: `accessToken`, `ACCESS-TOKEN2` and `acc\u200bess.token` are `_access_token_`. */
function wordsOf(key: string): string {
  const words = key
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '_');
  return `_${words}_`.replace(/_{2,}/g, '_');
}
