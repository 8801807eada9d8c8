import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

export default defineConfig({
  // Specs read the libraries from their sources; the samples and the journeys use the built package.
  resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] },
  ssr: { resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['{libs,apps}/*/src/**/*.spec.ts', 'tools/**/*.spec.ts', 'test/**/*.spec.ts', 'test/**/*.e2e-spec.ts'],
    exclude: ['**/node_modules/**', 'test/backends/**'],
    reporters: ['default', './tools/plain-summary.reporter.ts'],
    // The built package resolves its own imports to the build, as it does for users.
    server: { deps: { external: [/\/libs\/dist\//] } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
