import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binariesIn, type PostgresBinaries } from './binaries.ts';
import { runAs, type ServerAccount } from './server-account.ts';

export interface ServerPlace {
  binaries: PostgresBinaries;
  dataDir: string;
}

/**
 * Answers the place unchanged where the server's account can get at it; below a folder that only root may enter, the
 * programs are copied to the system's temporary directory and the data goes there too.
 */
export async function placeWithinReach(
  wanted: ServerPlace,
  account: ServerAccount,
  say: (line: string) => void,
): Promise<ServerPlace> {
  if (account.uid === undefined) return wanted;
  const parent = dirname(wanted.dataDir);
  mkdirSync(parent, { recursive: true });
  const reachesPrograms = await reaches(account, '-x', wanted.binaries.postgres);
  const reachesData = await reaches(account, '-x', parent);
  if (reachesPrograms && reachesData) return wanted;

  const temporary = tmpdir();
  if (!(await reaches(account, '-x', temporary))) {
    throw new Error(
      `PostgreSQL: it runs as ${account.name}, who may enter neither ${reachesPrograms ? parent : wanted.binaries.root} ` +
        `nor ${temporary}. Set TMPDIR to a directory that everybody may enter, or set DATABASE_URL.`,
    );
  }
  const place = {
    binaries: reachesPrograms ? wanted.binaries : await copyOf(wanted.binaries, temporary),
    dataDir: reachesData ? wanted.dataDir : dataBelow(temporary, wanted.dataDir),
  };
  say(
    `PostgreSQL runs as ${account.name}, who may not enter ${reachesData ? wanted.binaries.root : parent}: ` +
      `its programs are in ${place.binaries.root}, its data in ${place.dataDir}`,
  );
  return place;
}

async function reaches(account: ServerAccount, permission: '-x' | '-r', path: string): Promise<boolean> {
  return (await runAs(account, 'test', [permission, path])).exitCode === 0;
}

async function copyOf(binaries: PostgresBinaries, temporary: string): Promise<PostgresBinaries> {
  const home = ownDirectory(join(temporary, `crowsnest-postgres-${binaries.version}`));
  const root = join(home, 'native');
  if (!existsSync(root)) {
    // Under a name of its own until it is whole: a copy that was interrupted is never taken for the programs.
    const unfinished = join(home, `unfinished-${process.pid}`);
    await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    await runAs({ name: 'root' }, 'chmod', ['-R', 'a+rX', unfinished]);
    await rename(unfinished, root).catch(async (cause: NodeJS.ErrnoException) => {
      await rm(unfinished, { recursive: true, force: true });
      // Another run was quicker.
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause;
    });
  }
  return binariesIn(root, binaries.version);
}

/** The same name for the same wanted place, so that the next start finds its data again. */
function dataBelow(temporary: string, wantedDataDir: string): string {
  const name = createHash('sha256').update(wantedDataDir).digest('hex').slice(0, 12);
  return ownDirectory(join(temporary, `crowsnest-data-${name}`));
}

/** Everybody may write to the temporary directory, so a folder that another user has put there is not trusted. */
function ownDirectory(path: string): string {
  if (mkdirSync(path, { recursive: true })) chmodSync(path, 0o755);
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(
      `PostgreSQL: ${path} is not a directory of this user alone. Remove it, or set TMPDIR to another place.`,
    );
  }
  return path;
}
