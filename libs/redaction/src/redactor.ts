import { isNumberOfCard } from './card-number.js';
import { RedactionCounts, type RedactionRule } from './redaction-counts.js';
import { resolveRedactionOptions, type RedactionOptions } from './redaction.options.js';
import { SecretKeys } from './secret-keys.js';
import { TextRedaction } from './text-redaction.js';
import { UrlRedaction } from './url-redaction.js';
import { ValueRedaction, type ValueRedactionParts } from './value-redaction.js';

/** What `redactHeaders` reads: Node's headers, a plain object, or pairs of name and value such as fetch's `Headers`. */
export type HeadersLike =
  Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | number | undefined>>;

/** Every other header may carry a secret, and new ones that do are made up every day. */
const SHOWN_HEADERS: ReadonlySet<string> = new Set(['content-type', 'content-length', 'user-agent', 'accept', 'host']);

const UNSCRUBABLE = '[unscrubable]';

/** Takes out of texts, values, URLs and headers what must never be written down; never throws. */
export class Redactor {
  readonly #counts = new RedactionCounts();
  readonly #text: TextRedaction;
  readonly #keys: SecretKeys;
  readonly #url: UrlRedaction;
  readonly #parts: ValueRedactionParts;

  constructor(options: RedactionOptions = {}) {
    const resolved = resolveRedactionOptions(options);
    const { maxDepth, maxKeys, maxStringLength, replacement } = resolved;
    const counts = this.#counts;
    this.#text = new TextRedaction(resolved, counts);
    this.#keys = new SecretKeys(resolved.keys, resolved.allowKeys, (name) => this.#text.redact(name, this.#keys));
    const redactText = this.redactText.bind(this);
    const parts = { keys: this.#keys, counts, redactText, maxKeys, maxStringLength, replacement };
    this.#parts = { ...parts, isSecretNumber: isNumberOfCard, maxDepth };
    this.#url = new UrlRedaction(parts);
  }

  /** Returns the text with its secrets replaced, unprintable characters escaped, and its length bounded. */
  redactText(text: string): string {
    try {
      return this.#text.redact(text, this.#keys);
    } catch {
      return this.#unscrubable();
    }
  }

  /** Returns a copy in plain data, as deep and as long as the limits allow; the value itself is only read. */
  redactValue(value: unknown): unknown {
    return this.#closed(() => new ValueRedaction(this.#parts).redact(value));
  }

  /** Returns a path or URL with every query value hidden that was not allowed, and without credentials and fragment. */
  redactUrl(url: string): string {
    return this.#closed(() => this.#url.redact(url));
  }

  /** Returns the few headers that are known to carry no secrets, by their lower-case names. */
  redactHeaders(headers: HeadersLike): Record<string, string> {
    const shown: Record<string, string> = {};
    try {
      for (const [name, value] of entriesOf(headers)) {
        const lowerCase = name.toLowerCase();
        if (SHOWN_HEADERS.has(lowerCase) && value !== undefined) shown[lowerCase] = this.redactText(String(value));
      }
    } catch {
      this.#counts.add('unscrubable');
    }
    return shown;
  }

  /** Says how often each rule has taken something out, since the start. */
  counts(): Record<RedactionRule, number> {
    return this.#counts.snapshot();
  }

  /** Whatever goes wrong in here must not let the original through. */
  #closed<R>(redaction: () => R): R | string {
    try {
      return redaction();
    } catch {
      return this.#unscrubable();
    }
  }

  #unscrubable(): string {
    this.#counts.add('unscrubable');
    return UNSCRUBABLE;
  }
}

/** Pairs of name and value, however they were given. */
export function entriesOf(headers: HeadersLike): Iterable<readonly [string, unknown]> {
  return Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
}
