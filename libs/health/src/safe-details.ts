import { errorType } from '#observation';
import type { Redactor } from '#redaction';

/** The expressions take their time over hostile texts. */
const MAX_READ_LENGTH = 1_000;
const MAX_SHOWN_LENGTH = 200;
const HIDDEN = '[host]';
const KEY_OF_A_HOST = /(^|[_.-])(host(name)?|addr(ess)?|server|endpoint|ur[il]|dsn|ip|user(name)?|connection_?string)$/;
const CODE = /^[A-Za-z0-9_.-]{1,60}$/;

/** How texts write down where something is and who asked: URL, user, quoted name, IPv4, IPv6, port and domain. */
const NAMES: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi,
  /\S+@\S+/g,
  /(?<!\w)(["'`])[^"'`]+\1(?!\w)/g,
  /(?<=\b(?:ENOTFOUND|EAI_AGAIN)\s+|\b(?:host|server|user)=)\S+/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  /\[?(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])\]?(?::\d+)?/gi,
  /\b(?=[\w.-]*[a-z])\w[\w.-]*:\d{2,5}\b/gi,
  // A host has no underscore, unlike many a file.
  /(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi,
];

/** Makes what checks tell fit to be shown: without secrets, hosts and stacks, whatever a driver wrote into a message. */
export class SafeDetails {
  constructor(private readonly redactor: Redactor) {}

  of(details: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
    if (details === undefined) return {};
    const plain = this.#without(this.redactor.redactValue(details), '');
    return typeof plain === 'object' && plain !== null ? (plain as Record<string, unknown>) : {};
  }

  /** Tells an error by its class and code, or by the first line of its message where it has no code. */
  ofError(error: unknown): Record<string, unknown> {
    const { message, code, cause } = (error ?? {}) as { message?: unknown; code?: unknown; cause?: { code?: unknown } };
    const known = [code, cause?.code].find((one) => typeof one === 'string' && CODE.test(one));
    // Drivers give codes, and write hosts, users and data into their messages.
    if (known !== undefined) return { error: errorType(error), code: known };
    const text = typeof message === 'string' ? message : typeof error === 'string' ? error : '';
    return { error: errorType(error), ...(text === '' ? {} : { message: this.#text(text) }) };
  }

  #without(value: unknown, key: string): unknown {
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    if (KEY_OF_A_HOST.test(snakeCase(key))) return HIDDEN;
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((one) => this.#without(one, key));
    if (typeof value !== 'object') return undefined;
    const shown = Object.entries(value).filter(([name]) => name !== 'stack');
    return Object.fromEntries(shown.map(([name, one]) => [this.#text(name), this.#without(one, name)]));
  }

  #text(text: string): string {
    // What follows the first line is a stack or a query.
    const line = (text.split(/\r?\n/, 1)[0] ?? '').slice(0, MAX_READ_LENGTH);
    const redacted = this.redactor.redactText(line);
    // Cut last: half a secret is not known as one any more.
    return NAMES.reduce((shown, name) => shown.replace(name, HIDDEN), redacted).slice(0, MAX_SHOWN_LENGTH);
  }
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
