import { defineConfig } from 'vitest/config'

/** Apart from the other tests: it takes minutes, and runs in `.ci/run`. */
export default defineConfig({
  test: { name: 'crash', include: ['test/crash/**/*.test.ts'], hookTimeout: 120_000 },
})
