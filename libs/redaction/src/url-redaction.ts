import type { RedactionCounts } from './redaction-counts.js';
import type { SecretKeys } from './secret-keys.js';

export interface UrlRedactionParts {
  keys: SecretKeys;
  counts: RedactionCounts;
  redactText: (text: string) => string;
  maxKeys: number;
  maxStringLength: number;
  replacement: string;
}

/** Hides the query values of a path or URL, because no list of secret parameters is ever complete. */
export class UrlRedaction {
  readonly #parts: UrlRedactionParts;

  constructor(parts: UrlRedactionParts) {
    this.#parts = parts;
  }

  redact(url: string): string {
    // A fragment never reaches a server; where one is seen it is a token of a single-page login.
    const fragment = url.indexOf('#');
    const sent = fragment === -1 ? url : url.slice(0, fragment);
    const query = sent.indexOf('?');
    if (query === -1) return this.#parts.redactText(sent);
    const { maxKeys, maxStringLength } = this.#parts;
    const parameters = sent.slice(query + 1, query + 1 + maxStringLength).split('&', maxKeys);
    const shown = parameters.map((parameter) => this.#parameter(parameter)).join('&');
    return `${this.#parts.redactText(sent.slice(0, query))}?${shown}`;
  }

  #parameter(parameter: string): string {
    const { keys, counts, redactText, replacement } = this.#parts;
    const equals = parameter.indexOf('=');
    const name = equals === -1 ? '' : parameter.slice(0, equals);
    if (name !== '' && keys.isAllowed(name)) return redactText(parameter);
    counts.add('query');
    // A parameter without a name may be nothing but its value.
    return name === '' ? replacement : `${keys.lookUp(name).name}=${replacement}`;
  }
}
