import { defineConfig } from 'vitest/config';
import { publishedRunsModule } from '../src/catalog/runs-plugin.ts';
import { catalogValues } from '../src/catalog/vite-plugin.ts';

/** Anything that drives a browser; a fresh machine unpacks one first. */
const BROWSER_TIMEOUT = 60_000;
/** How long a page may take to do what was asked: generous, for a busy machine; a passing check never waits for it. */
const PATIENCE = { poll: { timeout: 10_000, interval: 30 } };

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [catalogValues(), publishedRunsModule()],
  test: {
    // `npm run test:coverage`: the estimator has no line that no test runs.
    coverage: {
      provider: 'v8',
      include: ['src/estimator/**/*.ts'],
      reporter: ['text', 'json'],
      reportsDirectory: 'test/output/coverage',
      reportOnFailure: true,
      thresholds: { lines: 100 },
    },
    projects: [
      {
        // Pure code and the sources of the content: needs no build.
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{unit,property,golden,content}/**/*.test.{ts,tsx}'],
          setupFiles: ['test/helpers/seed.ts'],
          // Ten thousand random states take a slow machine a minute.
          testTimeout: 120_000,
        },
      },
      {
        // What `npm run build` left in dist/.
        extends: true,
        test: { name: 'dist', include: ['test/build/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        // The built site in a real browser. Files run beside each other, so nothing here may measure time.
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          maxWorkers: 2,
          // A busy browser misses a frame now and then; what is broken fails three times.
          retry: 2,
          testTimeout: BROWSER_TIMEOUT,
          hookTimeout: BROWSER_TIMEOUT,
          expect: PATIENCE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Speed in a real browser: alone on the machine, one page at a time.
        extends: true,
        test: {
          name: 'timing',
          include: ['test/e2e/**/*.timing.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: BROWSER_TIMEOUT,
          hookTimeout: BROWSER_TIMEOUT,
          expect: PATIENCE,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
