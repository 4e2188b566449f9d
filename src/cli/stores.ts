import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import { settingsOfLastRun } from '../pipeline/decided-with.ts'
import { readSettings } from '../source/settings-file.ts'
import { openReader } from '../store/sqlite/open-reader.ts'
import { openStore } from '../store/sqlite/open-store.ts'
import { removeStore } from '../store/sqlite/remove-store.ts'
import type { Store, StoreReader } from '../store/store.ts'
import type { Terminal } from './terminal.ts'

/** Opens a store for reading while `use` runs. */
export async function withReader<Answer>(
  path: string,
  use: (store: StoreReader) => Answer | Promise<Answer>,
): Promise<Answer> {
  const store = openReader(path)
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** Whether there is a store at a path, whatever its state. */
export function storeExists(path: string): boolean {
  try {
    openReader(path).close()
    return true
  } catch (error) {
    return !(error instanceof Fault && error.code === 'STORE_MISSING')
  }
}

/** Settings to read a store by: those of the file named, else those its newest run decided with. */
export function settingsFor(
  store: StoreReader,
  { config }: { readonly config?: string },
): Settings {
  return config === undefined ? settingsOfLastRun(store) : readSettings(config)
}

/** Opens a store for writing, and holds its lock while `use` runs. */
export async function withWriter<Answer>(
  path: string,
  { windowMinutes, actorCap }: Settings,
  terminal: Terminal,
  use: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  const { pid, host, isAlive, now } = terminal
  const store = openStore(path, { pid, host, isAlive, now, windowMinutes, actorCap })
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** The same with an empty store: whatever stood at that path is removed first. */
export async function withFreshWriter<Answer>(
  path: string,
  settings: Settings,
  terminal: Terminal,
  use: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  removeStore(path)
  return withWriter(path, settings, terminal, use)
}
