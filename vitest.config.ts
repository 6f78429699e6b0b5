import { defineConfig } from 'vitest/config'

/** Rooms without state of their own: their tests may share a process, which saves starting one for each file. */
const PURE = 'lib/{domain,view,contract,services}/**/*.test.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    // Vitest leaves a core free by itself, for a browser that is not there.
    maxWorkers: '100%',
    // Only what hangs is to be ended by it: a machine may be slow, and lint runs beside the tests.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    projects: [
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['{app,components,lib,demo,examples,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', PURE],
          globalSetup: 'scripts/bundle-test-threads.ts',
        },
      },
    ],
  },
})
