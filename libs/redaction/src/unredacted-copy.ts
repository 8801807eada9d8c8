import { RedactionCounts } from './redaction-counts.js';
import { DEFAULT_REDACTION_OPTIONS } from './redaction.options.js';
import { entriesOf, type HeadersLike, type Redactor } from './redactor.js';
import { ValueRedaction, type ValueRedactionParts } from './value-redaction.js';

const COPY_AS_IT_IS: Omit<ValueRedactionParts, 'counts'> = {
  ...DEFAULT_REDACTION_OPTIONS,
  maxStringLength: Infinity,
  keys: { lookUp: (name) => ({ name, secrecy: 'open' }) },
  redactText: (text) => text,
  isSecretNumber: () => false,
};

/** Stands in for a redactor where redaction is switched off: nothing is hidden, and values are copied within its limits. */
export class Unredacted implements Pick<Redactor, 'redactText' | 'redactValue' | 'redactUrl' | 'redactHeaders'> {
  /** Returns the text as it is. */
  redactText(text: string): string {
    return text;
  }

  /** Returns a copy in plain data, as deep and as long as a redactor's would be; never throws. */
  redactValue(value: unknown): unknown {
    try {
      return new ValueRedaction({ ...COPY_AS_IT_IS, counts: new RedactionCounts() }).redact(value);
    } catch {
      return '[unreadable]';
    }
  }

  /** Returns the path or URL as it is. */
  redactUrl(url: string): string {
    return url;
  }

  /** Returns all headers, by their lower-case names. */
  redactHeaders(headers: HeadersLike): Record<string, string> {
    const given = [...entriesOf(headers)].filter(([, value]) => value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
  }
}
