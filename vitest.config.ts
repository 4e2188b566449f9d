import { defineConfig } from 'vitest/config'

const setupFiles = ['test/support/fixed-seed.ts']

export default defineConfig({
  test: {
    coverage: {
      include: ['models/**/*.ts', 'src/**/*.ts'],
      exclude: ['src/event/scan/assembly/**'],
      reporter: ['text-summary'],
      thresholds: { 'models/**/*.ts': { lines: 100, branches: 100 } },
    },
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: ['test/unit/**/*.test.ts'],
          // Property tests take seconds on an idle machine: a busy one must not fail them.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          setupFiles,
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
