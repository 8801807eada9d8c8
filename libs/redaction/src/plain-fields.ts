export type Fields = Record<string, unknown>;

/** Sets a field of a copy; an assignment to `__proto__` would change the copy's prototype instead. */
export function setField(fields: Fields, name: string, value: unknown): void {
  if (name !== '__proto__') fields[name] = value;
  else Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Shows entries as fields, as many as asked for. */
export function fieldsOfEntries(entries: Iterable<[unknown, unknown]>, count: number): Fields {
  const fields: Fields = {};
  let place = 0;
  for (const [key, value] of firstOf(entries, count)) {
    place += 1;
    // A key that is an object has no name of its own.
    setField(fields, Object(key) === key ? `[key ${place}]` : String(key), value);
  }
  return fields;
}

/** Shows an error as fields, among them those that it keeps out of sight of `Object.keys`. */
export function fieldsOfError(error: Error, read: (source: object, key: string) => unknown): Fields {
  const name = read(error, 'name');
  const fields: Fields = { type: name === 'Error' ? (error.constructor?.name ?? name) : name };
  for (const key of ['message', 'stack', 'cause', 'errors']) if (key in error) fields[key] = read(error, key);
  for (const key of Object.keys(error)) if (!(key in fields) && key !== 'name') setField(fields, key, read(error, key));
  return fields;
}

/** The first items of what may be very long, or without end. */
export function* firstOf<T>(items: Iterable<T>, count: number): Iterable<T> {
  let taken = 0;
  for (const item of items) {
    if (taken >= count) return;
    taken += 1;
    yield item;
  }
}
