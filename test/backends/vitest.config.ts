import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '..', '..');

export default defineConfig({
  root,
  test: {
    include: ['test/backends/**/*.spec.ts'],
    // Each test is named, so that a backend that is missing here is named as well.
    reporters: ['verbose', join(root, 'tools', 'plain-summary.reporter.ts')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
