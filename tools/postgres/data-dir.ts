import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the folder around a server's data: its account may pass through it, only the starter may read it. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  const { uid } = statSync(dataDir);
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && self !== uid) {
    throw new Error(
      `PostgreSQL: ${dataDir} belongs to another user (id ${uid}). Start as that user, or remove it to begin anew.`,
    );
  }
  chmodSync(dataDir, 0o711);
}

/** Answers the password of the server, one a data directory, which is kept where only its starter can read it. */
export function passwordIn(dataDir: string, clusterExists: boolean): string {
  const file = join(dataDir, 'password');
  if (!existsSync(file)) {
    if (clusterExists) {
      throw new Error(
        `PostgreSQL: ${file} is missing, and nobody can log in without it. Remove ${dataDir} to begin anew.`,
      );
    }
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
