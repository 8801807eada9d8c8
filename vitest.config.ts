import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

export default defineConfig({
  // Specs read the libraries from their sources; the samples and the journeys use the built package.
  resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] },
  ssr: { resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['{libs,apps}/*/src/**/*.spec.ts', 'test/**/*.spec.ts', 'test/**/*.e2e-spec.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
