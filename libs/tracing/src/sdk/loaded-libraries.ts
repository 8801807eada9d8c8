import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Instrumentation } from '../instrumentation.js';

type Require = ReturnType<typeof createRequire>;

/**
 * Has an instrumentation patch libraries that the program has loaded already. Instrumentations wait for a `require` of
 * their library; for one that is loaded, `require` gives the same object that everybody imported, and it is patched in
 * place. This works for CommonJS libraries, however they were imported.
 */
export function patchLoadedLibraries(instrumentation: Instrumentation): void {
  const program = process.argv[1] === undefined ? [] : [createRequire(process.argv[1])];
  const resolvers: Require[] = [...program, createRequire(join(process.cwd(), 'package.json'))];
  for (const { name, files = [] } of instrumentation.getModuleDefinitions?.() ?? []) {
    const require = resolvers.find((one) => resolvable(one, name));
    if (require === undefined) continue;
    const main = require.resolve(name);
    require(remindOf(main, require));
    const home = homeOf(main, name);
    for (const file of files) {
      const loaded = join(home, file.name);
      if (require.cache[loaded] !== undefined) require(remindOf(loaded, require));
    }
    // A library's own dependency (pg's pg-pool) need not be in the program's reach.
    resolvers.push(createRequire(main));
  }
}

function resolvable(require: Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * `require-in-the-middle` tells nobody of a library that it has told of once, and marks it so. An instrumentation that
 * came later (a second app, a second test) would never hear of it, so the mark is taken off.
 */
function remindOf(file: string, require: Require): string {
  const loaded = require.cache[file];
  const marks = loaded === undefined ? [] : Object.getOwnPropertySymbols(loaded);
  for (const mark of marks) {
    if (mark.description === 'RitmExports') delete (loaded as unknown as Record<symbol, unknown>)[mark];
  }
  return file;
}

/** The folder in which a library's own folder stands; instrumentations name files from there. */
function homeOf(main: string, name: string): string {
  let folder = dirname(main);
  while (!folder.endsWith(join('node_modules', name)) && folder !== dirname(folder)) folder = dirname(folder);
  return folder.slice(0, -name.length);
}
