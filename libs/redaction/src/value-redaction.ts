import { types } from 'node:util';
import { fieldsOfEntries, fieldsOfError, firstOf, setField, type Fields } from './plain-fields.js';
import type { RedactionCounts } from './redaction-counts.js';
import type { SecretKeys, Secrecy } from './secret-keys.js';

export interface ValueRedactionParts {
  keys: Pick<SecretKeys, 'lookUp'>;
  counts: RedactionCounts;
  redactText: (text: string) => string;
  isSecretNumber: (value: number) => boolean;
  maxDepth: number;
  maxKeys: number;
  maxStringLength: number;
  replacement: string;
}

/** Under these names an object says what its `value` is the value of, as validation errors, form fields and headers do. */
const NAMES_OF_VALUE = ['name', 'key', 'property', 'path', 'field', 'param'];

/** Node's flat lists of header names and values. */
const FLAT_HEADERS = /^raw(?:Headers|Trailers)$/;

/** Copies one value into plain data without the secrets in it, within limits for the whole of it. */
export class ValueRedaction {
  readonly #parts: ValueRedactionParts;
  readonly #ancestors: object[] = [];
  #entriesLeft: number;
  #charactersLeft: number;

  constructor(parts: ValueRedactionParts) {
    this.#parts = parts;
    this.#entriesLeft = parts.maxKeys * 10;
    this.#charactersLeft = parts.maxStringLength * 16;
  }

  redact(value: unknown, key = ''): unknown {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return this.#number(value);
      case 'object':
        return value === null ? null : this.#object(value, key);
      case 'bigint':
      case 'symbol':
        return this.#text(String(value));
      case 'function':
        return '[function]';
      default:
        return value;
    }
  }

  #text(text: string): string {
    if (this.#charactersLeft <= 0) return '[truncated]';
    this.#charactersLeft -= Math.min(text.length, this.#parts.maxStringLength);
    return this.#parts.redactText(text);
  }

  #number(value: number): unknown {
    if (!this.#parts.isSecretNumber(value)) return value;
    this.#parts.counts.add('card');
    return this.#parts.replacement;
  }

  #object(source: object, key: string): unknown {
    if (this.#ancestors.includes(source)) return '[circular]';
    if (this.#ancestors.length >= this.#parts.maxDepth) return '[truncated]';
    this.#ancestors.push(source);
    try {
      return this.#copy(source, key);
    } catch {
      return this.#unreadable();
    } finally {
      this.#ancestors.pop();
    }
  }

  #copy(source: object, key: string): unknown {
    if (Array.isArray(source)) return this.#list(source, source.length === 2 || FLAT_HEADERS.test(key));
    const prototype: unknown = Object.getPrototypeOf(source);
    if (prototype !== Object.prototype && prototype !== null) {
      const known = this.#builtIn(source);
      if (known !== undefined) return known;
    }
    const { toJSON } = source as { toJSON?: unknown };
    if (typeof toJSON === 'function') {
      const json: unknown = toJSON.call(source, key);
      if (json !== source) return this.redact(json, key);
    }
    return this.#fields(source);
  }

  #builtIn(source: object): unknown {
    if (ArrayBuffer.isView(source) || types.isAnyArrayBuffer(source)) return `[binary ${source.byteLength} bytes]`;
    if (types.isDate(source)) return Number.isNaN(source.getTime()) ? 'Invalid Date' : source.toISOString();
    if (types.isNativeError(source) || source instanceof Error) {
      return this.#fields(fieldsOfError(source, (from, key) => this.#read(from, key)));
    }
    if (types.isMap(source)) return this.#entries(source, source.size);
    if (types.isSet(source)) return this.#list([...firstOf(source, this.#parts.maxKeys)], false, source.size);
    if (types.isBoxedPrimitive(source)) return this.redact(source.valueOf());
    if (/^\[object (?:Headers|URLSearchParams|FormData)\]$/.test(Object.prototype.toString.call(source))) {
      const entries = [...(source as Iterable<[unknown, unknown]>)];
      return this.#entries(entries, entries.length);
    }
    return undefined;
  }

  #list(source: readonly unknown[], alternatesNameAndValue: boolean, size = source.length): unknown[] {
    const copy: unknown[] = [];
    let secrecy: Secrecy = 'open';
    for (let place = 0; place < source.length; place += 1) {
      if (place >= this.#parts.maxKeys || this.#entriesLeft <= 0) break;
      this.#entriesLeft -= 1;
      const item = this.#read(source, place);
      copy.push(secrecy === 'open' ? this.redact(item) : this.#secret(item, secrecy));
      const isName = alternatesNameAndValue && place % 2 === 0 && typeof item === 'string';
      secrecy = isName ? this.#parts.keys.lookUp(item).secrecy : 'open';
    }
    if (size > copy.length) copy.push(`[${size - copy.length} more]`);
    return copy;
  }

  #entries(entries: Iterable<[unknown, unknown]>, size: number): Fields {
    const { maxKeys } = this.#parts;
    return this.#fields(fieldsOfEntries(entries, Math.min(size, maxKeys)), size);
  }

  #fields(source: object, size?: number): Fields {
    const keys = Object.keys(source);
    const copy: Fields = {};
    let place = 0;
    for (const key of keys) {
      if (place >= this.#parts.maxKeys || this.#entriesLeft <= 0) break;
      place += 1;
      this.#entriesLeft -= 1;
      const { name, secrecy } = this.#parts.keys.lookUp(key);
      const value = this.#read(source, key);
      const secret = key === 'value' && secrecy === 'open' ? this.#secrecyOfNamed(source) : secrecy;
      setField(copy, name, secret === 'open' ? this.redact(value, key) : this.#secret(value, secret));
    }
    const more = (size ?? keys.length) - place;
    if (more > 0) copy['[truncated]'] = `${more} more`;
    return copy;
  }

  #secrecyOfNamed(source: object): Secrecy {
    for (const key of NAMES_OF_VALUE) {
      const name = this.#read(source, key);
      if (typeof name !== 'string') continue;
      const { secrecy } = this.#parts.keys.lookUp(name);
      if (secrecy !== 'open') return secrecy;
    }
    return 'open';
  }

  /** That a secret is missing, or whether there is one, is no secret. */
  #secret(value: unknown, secrecy: Secrecy): unknown {
    if (value === null || value === undefined || typeof value === 'boolean') return value;
    if (secrecy === 'countable' && typeof value === 'number') return value;
    this.#parts.counts.add('key');
    return this.#parts.replacement;
  }

  #read(source: object, key: string | number): unknown {
    try {
      return (source as Record<string | number, unknown>)[key];
    } catch {
      return this.#unreadable();
    }
  }

  #unreadable(): string {
    this.#parts.counts.add('unreadable');
    return '[unreadable]';
  }
}
