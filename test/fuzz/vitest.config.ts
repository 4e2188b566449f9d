import { defineConfig } from 'vitest/config'

/** Apart from the other tests: it takes a minute, and runs in `.ci/run`. */
export default defineConfig({
  test: {
    name: 'fuzz',
    include: ['test/fuzz/**/*.test.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    hookTimeout: 120_000,
  },
})
