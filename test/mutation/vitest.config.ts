import { defineConfig } from 'vitest/config';
import { publishedRunsModule } from '../../src/catalog/runs-plugin.ts';
import { catalogValues } from '../../src/catalog/vite-plugin.ts';

/** The estimator's own tests without the slow laws: what `npm run mutation` holds against every mutant. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [catalogValues(), publishedRunsModule()],
  test: {
    include: ['test/{unit,golden}/estimator/**/*.test.ts'],
    setupFiles: ['test/helpers/seed.ts'],
    testTimeout: 120_000,
  },
});
