import { defineConfig } from 'vitest/config';
import { publishedRunsModule } from '../../src/catalog/runs-plugin.ts';
import { catalogValues } from '../../src/catalog/vite-plugin.ts';

/**
 * The estimator's own tests: what `npm run mutation` holds against every mutant. Without the slow laws, and without the
 * published runs, whose bounds a changed constant may miss while everything is in order.
 */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [catalogValues(), publishedRunsModule()],
  test: {
    include: [
      'test/{unit,golden}/estimator/**/*.test.ts',
      'test/property/estimator/{config,counting,equations,gemm,memory-equations,network,rules-of-thumb,scaling-laws,tensors}.test.ts',
    ],
    exclude: ['test/golden/estimator/validation.golden.test.ts'],
    setupFiles: ['test/helpers/seed.ts'],
    // The estimator keeps nothing between calls: one load of it for all files costs less than half for a mutant.
    isolate: false,
    testTimeout: 120_000,
  },
});
