import { rmSync } from 'node:fs'
import { openStore, type Store } from '../../../src/index.ts'

/** Opens a store for a benchmark. */
export function openAt(path: string): Store {
  return openStore(path, {
    pid: process.pid,
    host: 'bench',
    isAlive: () => false,
    now: () => Date.now(),
  })
}

/** Removes a store and what SQLite keeps beside it. */
export function removeAt(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}
