import { execFileSync, spawn } from 'node:child_process';
import { statSync } from 'node:fs';

/** The operating-system account that PostgreSQL runs under; no ids means the account of this process. */
export interface ServerAccount {
  name: string;
  uid?: number;
  gid?: number;
}

export interface ProgramResult {
  exitCode: number;
  output: string;
}

/**
 * Finds the account for PostgreSQL, which refuses to run as root: then it is the owner of the data that is already there,
 * else `postgres` or, where there is none, `nobody`.
 */
export function findServerAccount(cluster: string): ServerAccount {
  if (process.getuid?.() !== 0) return { name: 'this user' };
  const found = statSync(cluster, { throwIfNoEntry: false });
  if (found && found.uid !== 0) return { name: `user ${found.uid}`, uid: found.uid, gid: found.gid };
  // initdb looks its user up by id, so a number alone would not do: the account has to exist.
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid && gid) return { name, uid, gid };
  }
  throw new Error(
    'PostgreSQL: it does not run as root, and this machine has neither a user "postgres" nor "nobody" to run it as. ' +
      'Run as another user, or set DATABASE_URL to a PostgreSQL that is already there.',
  );
}

/** Runs a program to its end as the given account and answers its exit code with all that it printed. */
export async function runAs(account: ServerAccount, file: string, args: string[]): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      uid: account.uid,
      gid: account.gid,
      cwd: '/',
      env: serverEnvironment(),
      // In a session of its own, so that Ctrl-C in the terminal cannot interrupt it half-way.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', (cause) =>
      reject(new Error(`PostgreSQL: ${file} cannot be run as ${account.name}: ${cause.message}`, { cause })),
    );
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output: output.trim() }));
  });
}

/** PG… variables that point the user's own tools at a server would redirect ours too. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}

function idOf(kind: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [kind, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
