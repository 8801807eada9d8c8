import { isDeepStrictEqual } from 'node:util';

/** One step of a JSON patch (RFC 6902). */
export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

/** The steps that lead from one state to another; lists that differ are replaced as a whole. */
export function jsonPatch(before: unknown, after: unknown, path = ''): PatchStep[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isFields(before) || !isFields(after)) return [{ op: 'replace', path, value: after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): PatchStep[] => {
    const place = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(after, name)) return [{ op: 'remove', path: place }];
    if (!Object.hasOwn(before, name)) return [{ op: 'add', path: place, value: after[name] }];
    return jsonPatch(before[name], after[name], place);
  });
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
