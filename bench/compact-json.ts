/** Writes a value as JSON in which each object without objects in it takes one line. */
export function compactJson(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null || isFlat(value)) return oneLine(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${inner}${isList ? '' : `${JSON.stringify(key)}: `}${compactJson(item, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

function isFlat(value: object): boolean {
  return Object.values(value).every((item) => typeof item !== 'object' || item === null);
}

function oneLine(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
}
