import { types } from 'node:util';
import type { Scrubber } from './structured-log.js';

const MAX_DEPTH = 8;

/** Copies values as they are, for applications that switched redaction off: errors in full, cycles cut. */
export const UNREDACTED: Scrubber = {
  redactText: (text) => text,
  redactValue: (value) => plain(value, []),
};

function plain(value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  if (above.length >= MAX_DEPTH) return '[truncated]';
  const path = [...above, value];
  try {
    if (Array.isArray(value)) return value.map((item) => plain(item, path));
    const { toJSON } = value as { toJSON?: () => unknown };
    if (typeof toJSON === 'function') return toJSON.call(value);
    const error = types.isNativeError(value) ? fieldsOf(value) : {};
    const own = Object.entries(value).map(([key, item]) => [key, plain(item, path)]);
    return { ...error, ...(Object.fromEntries(own) as object) };
  } catch {
    return '[unreadable]';
  }

  function fieldsOf({ constructor, message, stack, cause }: Error): object {
    return { type: constructor.name, message, stack, ...(cause !== undefined && { cause: plain(cause, path) }) };
  }
}
