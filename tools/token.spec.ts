import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { ensureKeys } from './keys.ts';
import { temporaryDirectory } from './temporary-directory.ts';

interface Answer {
  exitCode: number;
  stdout: string;
  stderr: string;
}

it('prints one token alone, which the public keys verify', async () => {
  await using dir = temporaryDirectory();
  const { exitCode, stdout, stderr } = await token('alice', 'customer', '--keys-dir', dir.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });

  const keys = createLocalJWKSet(publicKeys(dir.path));
  const party = { issuer: 'crowsnest-samples', audience: 'crowsnest-samples' };
  const { payload, protectedHeader } = await jwtVerify(stdout.trim(), keys, party);
  expect(payload).toMatchObject({ sub: 'alice', role: 'customer' });
  expect(payload.exp! - payload.iat!).toBe(12 * 60 * 60);
  expect(protectedHeader.alg).toBe('EdDSA');
});

it('signs with the same key from one run to the next', async () => {
  await using dir = temporaryDirectory();
  await token('alice', 'customer', '--keys-dir', dir.path);
  const before = publicKeys(dir.path);
  const { stdout } = await token('olga', 'operator', '--keys-dir', dir.path);
  expect(publicKeys(dir.path)).toEqual(before);
  await expect(jwtVerify(stdout.trim(), createLocalJWKSet(before))).resolves.toMatchObject({
    payload: { sub: 'olga' },
  });
});

it('keeps the private key closed and out of the public file', async () => {
  await using dir = temporaryDirectory();
  const keysDir = join(dir.path, 'keys');
  const made = await Promise.all([ensureKeys(keysDir), ensureKeys(keysDir), ensureKeys(keysDir)]);
  expect(new Set(made.map(({ privateKey }) => privateKey.d)).size).toBe(1);
  expect(statSync(join(keysDir, 'private.json')).mode & 0o777).toBe(0o600);
  expect(statSync(keysDir).mode & 0o777).toBe(0o700);
  expect(readdirSync(keysDir).sort()).toEqual(['jwks.json', 'private.json']);
  expect(publicKeys(keysDir).keys[0]).not.toHaveProperty('d');
  expect(readFileSync(join(keysDir, 'jwks.json'), 'utf8')).not.toContain(made[0].privateKey.d);
});

it.each([
  ['60s', 60],
  ['-60s', -60],
  ['2h', 7_200],
])('lets a token expire in %s', async (span, seconds) => {
  await using dir = temporaryDirectory();
  const { stdout } = await token('alice', 'customer', '--expires-in', span, '--keys-dir', dir.path);
  const { exp, iat } = decodeJwt(stdout.trim());
  expect(exp! - iat!).toBe(seconds);
});

it.each([
  ['no role', ['alice'], 'a user and a role are needed'],
  ['a role that is none', ['alice', 'admiral'], 'role "admiral" is not one of customer, operator'],
  ['a word too many', ['alice', 'customer', 'now'], '"now" is too much'],
  ['a time span that is none', ['alice', 'customer', '--expires-in', 'soon'], '--expires-in "soon"'],
  ['an unknown option', ['alice', 'customer', '--admin'], '--admin'],
])('refuses %s with the usage and exit code 2', async (_what, args, message) => {
  const { exitCode, stdout, stderr } = await token(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('Usage: npm run -s token -- <user> <customer|operator>');
});

function publicKeys(keysDir: string): JSONWebKeySet {
  return JSON.parse(readFileSync(join(keysDir, 'jwks.json'), 'utf8')) as JSONWebKeySet;
}

function token(...args: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'token.ts'), ...args], (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
