import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

const fromSource = { conditions: ['crowsnest-source', ...defaultServerConditions] };

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    reporters: ['default', './tools/plain-summary.reporter.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        // Specs read the libraries from their sources.
        extends: true,
        resolve: fromSource,
        ssr: { resolve: fromSource },
        test: { name: 'libs', include: ['libs/*/src/**/*.spec.ts'] },
      },
      {
        // Samples and journeys use the built package, as users do.
        extends: true,
        test: {
          name: 'workspace',
          include: ['{apps,tools,bench,test}/**/*.{spec,e2e-spec}.ts'],
          exclude: ['test/backends/**'],
        },
      },
    ],
  },
});
