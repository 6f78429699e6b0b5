import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{app,components,lib,demo,examples,scripts,bench}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // Vitest leaves a core free by itself, for a browser that is not there.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
