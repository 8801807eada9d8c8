import type { Fields } from './log-entry.js';

/** What a line says of itself; nobody who has an object logged can say it in its stead. */
const RESERVED: ReadonlySet<string> = new Set([
  'level',
  'time',
  'msg',
  'service',
  'context',
  'trace_id',
  'span_id',
  'trace_flags',
  'request_id',
  'pid',
  'hostname',
]);

export function isReserved(key: string): boolean {
  return RESERVED.has(key);
}

/** Adds fields to a line; one with a reserved name keeps its value under `data.<name>`. */
export function addFields(line: Fields, fields: Fields): void {
  for (const key of Object.keys(fields)) line[RESERVED.has(key) ? `data.${key}` : key] = fields[key];
}

/** Objects that have a constructor are quicker to fill and to read than those of `Object.create(null)`. */
const Line = function Line() {} as unknown as new () => Fields;
Line.prototype = Object.freeze(Object.create(null));

/** An empty line: nothing is inherited, so even a field named `__proto__` is only a field. */
export function emptyLine(): Fields {
  return new Line();
}
