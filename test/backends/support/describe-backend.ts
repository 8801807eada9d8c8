import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

/**
 * Describes tests against a real server that this machine may have. Without one of its commands they are one test that
 * is skipped, or that fails where `REQUIRE_BACKENDS=1` says that nothing may be missing.
 */
export function describeBackend(name: string, commands: readonly string[], tests: () => void): void {
  const missing = commands.filter((command) => !isInstalled(command));
  if (missing.length === 0) return void describe(name, tests);
  describe(name, () => {
    it(`needs ${missing.join(' and ')}`, ({ skip }) => {
      const problem = `${name}: there is no ${missing.join(' and no ')} on the PATH. Install it to run these tests.`;
      if (process.env['REQUIRE_BACKENDS'] === '1') throw new Error(problem);
      skip(problem);
    });
  });
}

function isInstalled(command: string): boolean {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.some((directory) => isExecutable(join(directory, command)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
