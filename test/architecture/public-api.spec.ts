import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexesWithMoreThanNames } from './rules/public-names.ts';
import { ROOT, SourceFile, sourceFiles } from './rules/source-file.ts';
import { brokenSubPaths, type PackageManifest, unevenSubPaths } from './rules/sub-paths.ts';

const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'libs/package.json'), 'utf8')) as PackageManifest;
const LIBRARIES = sourceFiles('libs');
const exists = (path: string): boolean => existsSync(join(ROOT, path));

function exporting(subPath: string, library: string): PackageManifest {
  const index = `./dist/${library}/src/index`;
  return { exports: { [subPath]: { types: `${index}.d.ts`, default: `${index}.js` } } };
}

describe('the public API', () => {
  it('has a file behind each sub-path of the package', () => {
    expect(brokenSubPaths(MANIFEST, exists)).toEqual([]);
  });

  it('would miss a file that was not built', () => {
    const built = (path: string): boolean => path.endsWith('.d.ts');
    expect(brokenSubPaths(exporting('./audit', 'audit'), built)).toEqual([
      './audit leads to ./dist/audit/src/index.js, which does not exist. Is everything built?',
    ]);
  });

  it('has a sub-path for each library and a library for each sub-path', () => {
    expect(unevenSubPaths(MANIFEST, LIBRARIES)).toEqual([]);
  });

  it('would miss a library, and see a sub-path without one', () => {
    const audit = [new SourceFile('libs/audit/src/index.ts')];
    expect(unevenSubPaths({ exports: {} }, audit)).toEqual([`./audit is missing in the package's exports`]);
    expect(unevenSubPaths(exporting('./audit', 'audit'), audit)).toEqual([]);
    expect(unevenSubPaths(exporting('./audit', 'audit'), [])).toHaveLength(1);
    expect(unevenSubPaths(exporting('./audit', 'metrics'), audit)).toHaveLength(1);
  });

  it('is a list of names in each sub-path, as it was written and as it was built', () => {
    const built = Object.values(MANIFEST.exports)
      .flatMap((target) => (typeof target === 'string' ? [] : join('libs', target.types)))
      .filter(exists)
      .map((path) => new SourceFile(path.replace('.d.ts', '.ts'), readFileSync(join(ROOT, path), 'utf8')));
    expect(built).not.toHaveLength(0);
    expect(indexesWithMoreThanNames([...LIBRARIES, ...built])).toEqual([]);
  });
});
