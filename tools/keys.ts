import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKeys {
  privateKey: JWK;
  /** The file with the public half, which is all that an app is given. */
  jwksFile: string;
}

/** Where the keys are kept unless somebody says otherwise. */
export const defaultKeysDir = join(import.meta.dirname, '..', '.data', 'keys');

/** Answers the keys that tokens for the samples are signed with, made on first use and the same ever after. */
export async function ensureKeys(keysDir = defaultKeysDir): Promise<SigningKeys> {
  await mkdir(keysDir, { recursive: true });
  await chmod(keysDir, 0o700);
  const privateFile = join(keysDir, 'private.json');
  if (!existsSync(privateFile)) await makePrivateKey(keysDir, privateFile);
  const privateKey = JSON.parse(await readFile(privateFile, 'utf8')) as JWK;

  const jwksFile = join(keysDir, 'jwks.json');
  if (!existsSync(jwksFile)) {
    const { d: _secret, ...publicKey } = privateKey;
    const unfinished = join(keysDir, `${randomUUID()}.unfinished`);
    await writeFile(unfinished, `${JSON.stringify({ keys: [publicKey] })}\n`);
    await rename(unfinished, jwksFile);
  }
  return { privateKey, jwksFile };
}

async function makePrivateKey(keysDir: string, privateFile: string): Promise<void> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const named = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
  const unfinished = join(keysDir, `${randomUUID()}.unfinished`);
  try {
    await writeFile(unfinished, `${JSON.stringify(named)}\n`, { mode: 0o600 });
    // A link appears whole and never replaces a key that another process has made meanwhile.
    await link(unfinished, privateFile).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
}
