import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reporter = join(import.meta.dirname, 'plain-summary.reporter.ts');

it.each([
  [
    'a passed and a left-out test',
    `it('a', () => {}); it.runIf(false)('b', () => {});`,
    '1 passed, 0 failed, 1 skipped',
  ],
  ['a failed test', `it('a', () => { throw new Error('broken'); });`, '0 passed, 1 failed, 0 skipped'],
  [
    'a hook that throws',
    `beforeAll(() => { throw new Error(); }); it('a', () => {});`,
    '0 passed, 1 failed, 1 skipped',
  ],
  ['a file that does not load', `import './missing.js';`, '0 passed, 1 failed, 0 skipped'],
  ['an error of nobody', `it('a', () => { Promise.reject(new Error('loose')); });`, '1 passed, 1 failed, 0 skipped'],
  ['no test at all', undefined, '0 passed, 1 failed, 0 skipped'],
])('ends the output of a run with %s in one plain line', async (_what, source, line) => {
  await using dir = temporaryDirectory();
  if (source) writeFileSync(join(dir.path, 'a.spec.ts'), source);
  const output = await new Promise<string>((resolve) => {
    const args = [vitest, 'run', '--root', dir.path, '--globals', '--reporter=default', `--reporter=${reporter}`];
    execFile(process.execPath, args, { cwd: dir.path }, (_error, stdout) => resolve(stdout));
  });
  expect(output.trimEnd().split('\n').at(-1)).toBe(line);
});
