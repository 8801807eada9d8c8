import { types } from 'node:util';
import type { Scrubber } from '#redaction';
import type { Fields, LogEntry } from './log-entry.js';
import type { LoggerLevels } from './logger-levels.js';
import type { LogScopes } from './log-scopes.js';
import { fillPlaces } from './message-format.js';
import { addFields, emptyLine } from './reserved-keys.js';

/** Fields that a logger adds to all its lines, and the context that it speaks for. */
export interface BoundFields {
  readonly context?: string;
  readonly fields: Fields;
}

/** One line before it is JSON. */
export interface LogLine {
  readonly fields: Fields;
  readonly message: string | undefined;
}

const MAX_CONTEXT_LENGTH = 256;

/**
 * Makes a line of what was asked to be logged, or none when the level is off: who speaks, the ids of the current
 * observation, the fields assigned to it, then the caller's own without secrets. It never throws: a request must not
 * fail because of what somebody wanted to know about it.
 */
export class StructuredLog {
  constructor(
    private readonly levels: LoggerLevels,
    private readonly scopes: LogScopes,
    private readonly scrubber: Scrubber,
  ) {}

  compose(level: number, entry: LogEntry, bound?: BoundFields): LogLine | undefined {
    const context = (entry.context ?? bound?.context)?.slice(0, MAX_CONTEXT_LENGTH);
    if (!this.levels.allows(context, level)) return undefined;
    const fields = emptyLine();
    try {
      if (context !== undefined) fields['context'] = context;
      this.scopes.addTo(fields, entry.about);
      Object.assign(fields, bound?.fields, entry.facts);
      return { fields, message: this.#read(entry.values, fields) };
    } catch (error) {
      fields['log_error'] = types.isNativeError(error) ? this.scrubber.redactText(String(error.message)) : 'thrown';
      return { fields, message: 'what was to be logged could not be read' };
    }
  }

  /** A text without secrets. */
  scrubText(text: string): string {
    return this.scrubber.redactText(text);
  }

  /** A copy of fields without secrets, under names that they may have. */
  scrub(fields: object): Fields {
    const scrubbed = emptyLine();
    this.#add(fields, scrubbed);
    return scrubbed;
  }

  /** Reads the values of a call into the fields of a line, and gives its message. */
  #read(values: readonly unknown[], fields: Fields): string | undefined {
    const at = values.findIndex((value) => !isObject(value) && value !== undefined && value !== null);
    for (const value of at < 0 ? values : values.slice(0, at)) this.#add(value, fields);
    if (at < 0) return impliedMessage(fields);
    const params = values.slice(at + 1);
    const { message, left } = fillPlaces(String(values[at]), params, (value) => this.#show(value));
    const said = [message];
    for (const value of left) {
      if (isObject(value)) this.#add(value, fields);
      else if (value !== undefined && value !== null) said.push(String(value));
    }
    return this.scrubber.redactText(said.join(' '));
  }

  #add(value: unknown, fields: Fields): void {
    if (!isObject(value)) return;
    const copy = this.scrubber.redactValue(value);
    if (isError(value)) fields[fields['err'] === undefined ? 'err' : 'data'] = copy;
    else if (isObject(copy) && !Array.isArray(copy)) addFields(fields, copy as Fields);
    else fields['data'] = copy;
  }

  #show(value: unknown): string {
    return isObject(value) ? JSON.stringify(this.scrubber.redactValue(value)) : String(value);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A proxy may throw at the question, and is copied like any other object. */
function isError(value: object): value is Error {
  return !types.isProxy(value) && (types.isNativeError(value) || value instanceof Error);
}

/** An object may bring its message along, as `msg` or in its error. */
function impliedMessage(fields: Fields): string | undefined {
  const { 'data.msg': msg, err } = fields;
  if (typeof msg === 'string') {
    delete fields['data.msg'];
    return msg;
  }
  const message = isObject(err) ? (err as { message?: unknown }).message : undefined;
  return typeof message === 'string' ? message : undefined;
}
