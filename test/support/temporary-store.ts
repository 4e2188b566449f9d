import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreOptions } from '../../src/store/sqlite/open-store.ts'
import { openStore } from '../../src/store/sqlite/open-store.ts'
import type { Store } from '../../src/store/store.ts'

/** A process that holds the store, at a moment that stands still. */
export const HOLDER: Pick<StoreOptions, 'pid' | 'host' | 'startedMs' | 'isAlive' | 'now'> = {
  pid: 41,
  host: 'here',
  startedMs: 500,
  isAlive: (pid) => pid === 41,
  now: () => 1000,
}

/** A store in memory. */
export function memoryStore(options: Partial<StoreOptions> = {}): Store {
  return openStore(':memory:', { ...HOLDER, ...options })
}

/** Lends a path where no file is yet, and removes whatever came of it. */
export function atTemporaryPath<Answer>(use: (path: string) => Answer): Answer {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-store-'))
  try {
    return use(join(folder, 'store.db'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
