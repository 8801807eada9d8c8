import { existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { binariesIn, makeMissingLinks } from './binaries.ts';
import { findServerAccount } from './server-account.ts';
import { placeWithinReach } from './within-reach.ts';

const isRoot = process.getuid?.() === 0;

afterEach(() => vi.unstubAllEnvs());

it('copies programs that the server may not enter, once and readable for it', async () => {
  await using temporary = temporaryDirectory();
  vi.stubEnv('TMPDIR', temporary.path);
  const native = join(temporary.path, 'closed', 'native');
  mkdirSync(join(temporary.path, 'closed'), { mode: 0o700 });
  mkdirSync(join(native, 'bin'), { recursive: true });
  writeFileSync(join(native, 'bin', 'postgres'), '#!/bin/sh\n', { mode: 0o700 });
  symlinkSync('postgres', join(native, 'bin', 'link'));
  const wanted = { binaries: binariesIn(native, '0.0.0'), dataDir: join(temporary.path, 'data', 'postgres') };

  const place = await placeWithinReach(wanted, findServerAccount(wanted.dataDir), () => undefined);
  expect(place.dataDir).toBe(wanted.dataDir);
  expect(place.binaries.postgres === wanted.binaries.postgres).toBe(!isRoot);
  expect(lstatSync(place.binaries.postgres).mode & 0o055).toBe(isRoot ? 0o055 : 0);
  expect(readlinkSync(join(place.binaries.root, 'bin', 'link'))).toBe('postgres');

  const again = await placeWithinReach(wanted, findServerAccount(wanted.dataDir), () => undefined);
  expect(again).toEqual(place);
});

it('makes the library links that a blocked install script has not made, and leaves the others', async () => {
  await using home = temporaryDirectory();
  mkdirSync(join(home.path, 'native', 'lib'), { recursive: true });
  writeFileSync(join(home.path, 'native', 'lib', 'libpq.so.5.18'), 'library');
  const links = ['libpq.so', 'libpq.so.5'].map((name) => ({
    source: 'native/lib/libpq.so.5.18',
    target: `native/lib/${name}`,
  }));
  writeFileSync(join(home.path, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  symlinkSync('kept', join(home.path, 'native', 'lib', 'libpq.so'));

  makeMissingLinks(home.path);
  expect(readlinkSync(join(home.path, 'native', 'lib', 'libpq.so'))).toBe('kept');
  expect(existsSync(join(home.path, 'native', 'lib', 'libpq.so.5'))).toBe(true);
});
