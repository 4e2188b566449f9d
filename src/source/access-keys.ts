import { readFileSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import type { AccessKey } from '../base/access-key.ts'
import { Fault } from '../base/fault.ts'

/** Permissions of group and others. */
const OTHERS = 0o077

/**
 * The access keys of a file as `offtrail access-key create` writes it. Throws `INPUT_NOT_FOUND` where it cannot be read, and
 * `SETTINGS_INVALID` where others may read it too or it holds something else.
 */
export function readAccessKeys(path: string): readonly AccessKey[] {
  const text = textOf(path)
  if (platform() !== 'win32' && (statSync(path).mode & OTHERS) !== 0) {
    throw new Fault(
      'SETTINGS_INVALID',
      `${path} holds secrets and others may read it: chmod 600 ${path}`,
    )
  }
  const keys = keysIn(text)
  if (keys === undefined) {
    throw new Fault(
      'SETTINGS_INVALID',
      `${path} is no file of access keys: offtrail access-key create writes one`,
    )
  }
  return keys
}

/** The keys of a file as they are now: it is read again when it has changed, so that a revoked key ends at once. */
export function accessKeysOf(path: string): () => readonly AccessKey[] {
  let keys = readAccessKeys(path)
  let known = stampOf(path)
  return () => {
    const stamp = stampOf(path)
    if (stamp !== known) {
      keys = readAccessKeys(path)
      known = stamp
    }
    return keys
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) {
    throw new Fault('INPUT_NOT_FOUND', `the access keys ${path} are gone: put the file back`)
  }
  return `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Fault(
      'INPUT_NOT_FOUND',
      `cannot read the access keys ${path} (${(cause as Error).message}): offtrail access-key create makes them`,
      { cause },
    )
  }
}

function keysIn(text: string): readonly AccessKey[] | undefined {
  try {
    const { accessKeys } = JSON.parse(text) as { accessKeys: unknown }
    return Array.isArray(accessKeys) && accessKeys.every(isAccessKey) ? accessKeys : undefined
  } catch {
    return undefined
  }
}

function isAccessKey(value: unknown): value is AccessKey {
  const { accessKeyId, secretAccessKey, accounts, createdTime } = (value ?? {}) as AccessKey
  const isList = Array.isArray(accounts) && accounts.every((each) => typeof each === 'string')
  return (
    [accessKeyId, secretAccessKey, createdTime].every((each) => typeof each === 'string') &&
    // An empty secret would be one that everybody knows.
    secretAccessKey.length >= 20 &&
    (accounts === 'all' || isList)
  )
}
