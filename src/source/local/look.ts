import type { BigIntStats } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { parseObjectName } from '../object-name.ts'
import type { SourceObject, Unreadable } from '../source.ts'
import { joinPath, keyFromPath, type PathBytes } from './path-key.ts'
import { openAndClose, readBytes } from './read-bytes.ts'

/** What is at a path: an object, something unreadable, a folder to walk, or nothing that needs a word. */
export type Seen =
  | SourceObject
  | Unreadable
  | { readonly kind: 'folder'; readonly path: PathBytes }
  | { readonly kind: 'nothing' }

const EVERYBODY_READS = 0o004n
const NOTHING: Seen = { kind: 'nothing' }

/** Looks at a path a user named: symbolic links are followed, wherever they lead. Never opens or reads it. */
export async function lookAtNamed(path: PathBytes): Promise<Seen> {
  try {
    const stats = await stat(path, { bigint: true })
    if (stats.isDirectory()) return { kind: 'folder', path }
    return await fileSeen(path, stats, { from: path, follow: true })
  } catch (error) {
    return unreadableFrom(path, error)
  }
}

/**
 * Looks at an entry of a folder: a symbolic link counts as a file only where it leads to a regular file below the
 * (real) root. An entry that is gone by now is nothing. Never opens or reads it.
 */
export async function lookAtEntry(path: PathBytes, realRoot: PathBytes): Promise<Seen> {
  try {
    const stats = await lstat(path, { bigint: true })
    if (stats.isDirectory()) return { kind: 'folder', path }
    if (stats.isSymbolicLink()) return await linkSeen(path, realRoot)
    return await fileSeen(path, stats, { from: path, follow: false })
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? NOTHING : unreadableFrom(path, error)
  }
}

/** What is said of a path that the operating system refused. */
export function unreadableFrom(path: PathBytes, error: unknown): Unreadable {
  const refused = ['EACCES', 'EPERM'].includes(errorCode(error))
  const message = refused
    ? 'no permission to read it: grant it to the user that runs this, or leave it out'
    : `cannot be read: ${error instanceof Error ? error.message : String(error)}`
  return unreadable(path, refused ? 'NO_PERMISSION' : 'READ_FAILED', message)
}

/** The operating system's word for an error: `ENOENT`; empty where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function linkSeen(path: PathBytes, realRoot: PathBytes): Promise<Seen> {
  const target = await targetOf(path)
  if (target === null) return unreadable(path, 'NOT_A_REGULAR_FILE', 'a symbolic link to nothing')
  const stats = await lstat(target, { bigint: true })
  const inside = isWithin(target, realRoot)
  // Whatever lies in a folder below the root is met there.
  if (inside && stats.isDirectory()) return NOTHING
  if (inside) return fileSeen(path, stats, { from: target, follow: false })
  const message = `a symbolic link that leads out of the folder: name ${keyFromPath(target)} itself to have it read`
  return unreadable(path, 'NOT_A_REGULAR_FILE', message)
}

async function targetOf(link: PathBytes): Promise<PathBytes | null> {
  try {
    return await realpath(link, { encoding: 'buffer' })
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(error))) return null
    throw error
  }
}

function isWithin(path: PathBytes, folder: PathBytes): boolean {
  if (path.equals(folder)) return true
  const start = joinPath(folder, '')
  return path.subarray(0, start.length).equals(start)
}

interface Reached {
  readonly from: PathBytes
  readonly follow: boolean
}

async function fileSeen(
  path: PathBytes,
  stats: BigIntStats,
  { from, follow }: Reached,
): Promise<Seen> {
  if (!stats.isFile()) {
    const message = `${kindOf(stats)}, not a regular file: to read a stream, pipe it into standard input`
    return unreadable(path, 'NOT_A_REGULAR_FILE', message)
  }
  const place = { latin1: from.toString('latin1'), follow }
  // What everybody may read needs no trial: it would cost more than the rest of the listing.
  if ((stats.mode & EVERYBODY_READS) === 0n) openAndClose(place)
  const key = keyFromPath(path)
  return {
    kind: 'object',
    source: 'file',
    key,
    version: `${stats.size}-${stats.mtimeNs}`,
    size: Number(stats.size),
    name: parseObjectName(key),
    open: () => readBytes(place),
    place,
  }
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO'
  if (stats.isSocket()) return 'a socket'
  return stats.isDirectory() ? 'a folder' : 'a device'
}

function unreadable(path: PathBytes, code: Unreadable['code'], message: string): Unreadable {
  return { kind: 'unreadable', source: 'file', key: keyFromPath(path), code, message }
}
