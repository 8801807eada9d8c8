/** Escapes that no store takes: NUL and the half of a character; every other escape is passed over as a whole. */
const ESCAPE = /\\(?:(u0000|ud[89a-f][\da-f]{2})|.)/g;

/** Copies a value into JSON that has a canonical form: what JSON or a store cannot say is written out as text. */
export function plainJson<T extends object>(value: T): T {
  const json = JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item)) ? String(item) : item,
  );
  const visible = json.replace(ESCAPE, (escape, unfit?: string) => (unfit === undefined ? escape : `\\\\${unfit}`));
  return JSON.parse(visible) as T;
}
