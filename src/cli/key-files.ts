import { Fault } from '../base/fault.ts'
import { writeAtomically } from '../sink/file.ts'
import { type KeyFileKind, keyFileText, readKeyFile } from '../source/key-file.ts'

/** Adds a key to a file, which is made for its owner alone where there is none. */
export async function addKey<Key>(path: string, kind: KeyFileKind<Key>, key: Key): Promise<void> {
  await write(path, kind, [...existing(path, kind), key])
}

/** Takes a key out of a file. Throws `NOT_FOUND` where it has none of that id. */
export async function removeKey<Key>(
  path: string,
  kind: KeyFileKind<Key>,
  { id, idOf }: { readonly id: string; readonly idOf: (key: Key) => string },
): Promise<void> {
  const keys = readKeyFile(path, kind)
  const kept = keys.filter((key) => idOf(key) !== id)
  if (kept.length === keys.length) {
    throw new Fault('NOT_FOUND', `${path} has no ${id}: ${kind.command} list prints what it has`)
  }
  await write(path, kind, kept)
}

function existing<Key>(path: string, kind: KeyFileKind<Key>): readonly Key[] {
  try {
    return readKeyFile(path, kind)
  } catch (error) {
    if (error instanceof Fault && error.code === 'INPUT_NOT_FOUND') return []
    throw error
  }
}

function write<Key>(path: string, kind: KeyFileKind<Key>, keys: readonly Key[]): Promise<void> {
  return writeAtomically(path, keyFileText(keys, kind), { mode: 0o600 })
}

/** Which accounts a key may read, for people. */
export function accountsText(accounts: 'all' | readonly string[]): string {
  return accounts === 'all' ? 'all' : accounts.join(' ')
}
