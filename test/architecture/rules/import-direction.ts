import { posix } from 'node:path';
import type { Import, SourceFile } from './source-file.ts';

export const PATTERNS = ['health', 'logging', 'tracing', 'exceptions', 'metrics', 'audit'];
export const GROUND_FLOOR = ['observation', 'delivery', 'lifecycle', 'redaction', 'management'];
const ALL = [...PATTERNS, ...GROUND_FLOOR, 'observability'];

/** What each library may import by `#name`; a pattern stands on the ground floor and on nothing else. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  observation: [],
  delivery: [],
  redaction: [],
  lifecycle: ['observation'],
  management: ['observation'],
  ...Object.fromEntries(PATTERNS.map((pattern) => [pattern, GROUND_FLOOR])),
  observability: [...PATTERNS, ...GROUND_FLOOR],
  testing: ALL,
};

/** Imports that point the wrong way. */
export function wrongImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.imports
      .map(({ specifier }) => ({ specifier, reason: reasonAgainst(file, { specifier, names: [] }) }))
      .filter(({ reason }) => reason !== undefined)
      .map(({ specifier, reason }) => `${file.path} imports ${specifier}: ${reason}`),
  );
}

function reasonAgainst(file: SourceFile, { specifier }: Import): string | undefined {
  if (specifier.startsWith('.')) return reasonAgainstPath(file, specifier);
  if (specifier.startsWith('#')) return reasonAgainstLibrary(file, specifier.slice(1));
  if (!specifier.startsWith('@crowsnest/')) return undefined;
  if (file.library !== undefined) return 'libraries import each other as #name';
  return /^@crowsnest\/observability(\/[a-z]+)?$/.test(specifier) ? undefined : 'only public sub-paths can be imported';
}

function reasonAgainstPath(file: SourceFile, specifier: string): string | undefined {
  const target = `${posix.join(posix.dirname(file.path), specifier)}/`;
  if (target.startsWith(`${file.room}/`)) return undefined;
  if (target.startsWith('test/')) return 'nothing imports test/';
  if (file.room === 'test' && /^(tools|bench)\//.test(target)) return undefined;
  if (file.room === 'bench' && target.startsWith('tools/')) return undefined;
  // Specs that need a real PostgreSQL start it as the samples do.
  if (file.isForTests && target.startsWith('tools/')) return undefined;
  return `a relative import stays in ${file.room}`;
}

function reasonAgainstLibrary(file: SourceFile, library: string): string | undefined {
  if (file.library === undefined) return '#names are for libraries; import @crowsnest/observability';
  if (file.library === library) return 'inside one library imports are relative';
  if (MAY_IMPORT[file.library]?.includes(library)) return undefined;
  return `${file.library} knows nothing of ${library}`;
}
