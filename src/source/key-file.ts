import { readFileSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { Fault } from '../base/fault.ts'

/** A file of keys: what they are called, which command makes it, and how one is read. */
export interface KeyFileKind<Key> {
  /** The member that holds the list, and the words for it. */
  readonly member: string
  readonly title: string
  readonly command: string
  /** The key that stands in a file, in whatever form it was written; undefined where it is none. */
  readonly keyOf: (value: unknown) => Key | undefined
}

/** Permissions of group and others. */
const OTHERS = 0o077

/**
 * The keys of a file. Throws `INPUT_NOT_FOUND` where it cannot be read, and `SETTINGS_INVALID` where others may read it too
 * or it holds something else.
 */
export function readKeyFile<Key>(path: string, kind: KeyFileKind<Key>): readonly Key[] {
  const text = textOf(path, kind)
  refuseShared(path, statSync(path))
  const keys = keysIn(text, kind)
  if (keys === undefined) {
    throw new Fault(
      'SETTINGS_INVALID',
      `${path} is no file of ${kind.title}: ${kind.command} create writes one`,
    )
  }
  return keys
}

/** Throws `SETTINGS_INVALID` where others may read a file that holds secrets. */
export function refuseShared(path: string, { mode }: { readonly mode: number }): void {
  if (platform() === 'win32' || (mode & OTHERS) === 0) return
  throw new Fault(
    'SETTINGS_INVALID',
    `${path} is for its owner alone, and others may read it: chmod 600 ${path}`,
  )
}

/** The keys of a file as they are now: it is read again when it has changed, so that a revoked key ends at once. */
export function watchKeyFile<Key>(path: string, kind: KeyFileKind<Key>): () => readonly Key[] {
  let keys = readKeyFile(path, kind)
  let known = stampOf(path, kind)
  return () => {
    const stamp = stampOf(path, kind)
    if (stamp !== known) {
      keys = readKeyFile(path, kind)
      known = stamp
    }
    return keys
  }
}

/** The text of a file of keys. */
export function keyFileText<Key>(keys: readonly Key[], { member }: KeyFileKind<Key>): string {
  return `${JSON.stringify({ [member]: keys }, null, 2)}\n`
}

function stampOf<Key>(path: string, { title }: KeyFileKind<Key>): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) {
    throw new Fault('INPUT_NOT_FOUND', `the ${title} in ${path} are gone: put the file back`)
  }
  return `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}

function textOf<Key>(path: string, { title, command }: KeyFileKind<Key>): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = (cause as Error).message
    throw new Fault(
      'INPUT_NOT_FOUND',
      `cannot read the ${title} in ${path} (${reason}): ${command} create makes them`,
      { cause },
    )
  }
}

function keysIn<Key>(
  text: string,
  { member, keyOf }: KeyFileKind<Key>,
): readonly Key[] | undefined {
  try {
    const values: unknown = (JSON.parse(text) as Record<string, unknown>)[member]
    if (!Array.isArray(values)) return undefined
    const keys = values.flatMap((value) => keyOf(value) ?? [])
    return keys.length === values.length ? keys : undefined
  } catch {
    return undefined
  }
}

/** Whether a value says which accounts a key may read. */
export function areAccounts(value: unknown): boolean {
  return (
    value === 'all' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
  )
}
