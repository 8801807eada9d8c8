import type { SourceFile } from './source-file.ts';

export interface PackageManifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

/** Entries of `exports` that lead to no file. */
export function brokenSubPaths({ exports }: PackageManifest, exists: (path: string) => boolean): string[] {
  return Object.entries(exports)
    .flatMap(([subPath, target]) => (typeof target === 'string' ? [[subPath, target]] : targetsOf(subPath, target)))
    .filter(([, target]) => !exists(target!.replace('./', 'libs/')))
    .map(([subPath, target]) => `${subPath} leads to ${target}, which does not exist. Is everything built?`);
}

/** Libraries that cannot be imported, and sub-paths that belong to none. */
export function unevenSubPaths({ exports }: PackageManifest, files: readonly SourceFile[]): string[] {
  const libraries = files.filter(({ name }) => name === 'index.ts').flatMap(({ library }) => library ?? []);
  const wanted = new Map(libraries.map((library) => [library === 'observability' ? '.' : `./${library}`, library]));
  const missing = [...wanted].filter(([subPath]) => !(subPath in exports));
  const foreign = Object.entries(exports).filter(([subPath, target]) => {
    const library = wanted.get(subPath);
    return typeof target !== 'string' && !target.default.startsWith(`./dist/${library}/src/index.`);
  });
  return [
    ...missing.map(([subPath]) => `${subPath} is missing in the package's exports`),
    ...foreign.map(([subPath]) => `${subPath} is not the index of a library of that name`),
  ];
}

function targetsOf(subPath: string, target: { readonly types: string; readonly default: string }): string[][] {
  return [
    [subPath, target.types],
    [subPath, target.default],
  ];
}
