import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../base/fault.ts'
import { type DeliverySpan, isDelivered } from './delivery-span.ts'
import { errorCode, lookAtNamed } from './local/look.ts'
import { keyFromPath, type PathBytes, pathFromKey } from './local/path-key.ts'
import { type WalkOptions, walkFolder } from './local/walk-folder.ts'
import { parseObjectName } from './object-name.ts'
import type { Source, SourceObject, Unreadable } from './source.ts'

/** How much there is to read, as stored. */
export interface Totals {
  readonly objectCount: number
  readonly bytes: number
}

/** Files and folders of this machine. */
export interface LocalFiles extends Source {
  /** What `list` would give now, counted: one walk without reading a file. */
  totals(): Promise<Totals>
}

/**
 * Files and folders, these with everything below them but names that start with a dot. A path is given as a user
 * types it, or as the key of an object listed before. Where a time of delivery is named, files that by CloudTrail's name for them were
 * delivered at another are left out, and days of its layout are passed over unseen; files of other names are listed.
 * FIFOs, sockets, devices and whatever permission is lacking for are listed as unreadable; nothing is opened until it
 * is read. Listing throws INPUT_NOT_FOUND, before its first entry, where a path does not exist.
 */
export function localFiles(paths: readonly string[], span: DeliverySpan | null = null): LocalFiles {
  const list = (): AsyncGenerator<SourceObject | Unreadable> => listAll(paths, span)
  return { title: paths.join(', '), list, totals: () => totalsOf(list()) }
}

async function* listAll(
  paths: readonly string[],
  span: DeliverySpan | null,
): AsyncGenerator<SourceObject | Unreadable> {
  const roots = new Map<string, PathBytes>()
  for (const path of paths) {
    const root = await existing(path)
    roots.set(keyFromPath(root), root)
  }
  for (const [key, root] of roots) {
    const elsewhere = new Set(roots.keys())
    elsewhere.delete(key)
    yield* listRoot(root, { elsewhere, span })
  }
}

async function* listRoot(
  root: PathBytes,
  options: Required<WalkOptions>,
): AsyncGenerator<SourceObject | Unreadable> {
  const seen = await lookAtNamed(root)
  if (seen.kind === 'folder') yield* walkFolder(root, options)
  else if (seen.kind !== 'nothing' && isWanted(seen, options.span)) yield seen
}

function isWanted({ key }: SourceObject | Unreadable, span: DeliverySpan | null): boolean {
  return span === null || isDelivered(parseObjectName(key), span)
}

async function existing(path: string): Promise<PathBytes> {
  if (path === '') throw new Fault('INPUT_NOT_FOUND', 'expected a path to read, got an empty one')
  const root = pathFromKey(path)
  if (await exists(root)) return root
  throw new Fault('INPUT_NOT_FOUND', await notFound(path, keyFromPath(root)))
}

/** Anything but its absence, a lacking permission say, is for the listing to tell. */
async function exists(path: PathBytes | string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes(errorCode(error))
  }
}

async function notFound(path: string, absolute: string): Promise<string> {
  let nearest = dirname(absolute)
  while (nearest !== dirname(nearest) && !(await exists(nearest))) nearest = dirname(nearest)
  const looked = absolute === path ? '' : ` (looked at ${absolute})`
  return `there is no file or folder ${path}${looked}; the path exists as far as ${nearest}`
}

async function totalsOf(listed: AsyncIterable<SourceObject | Unreadable>): Promise<Totals> {
  let objectCount = 0
  let bytes = 0
  for await (const entry of listed) {
    if (entry.kind === 'unreadable') continue
    objectCount += 1
    bytes += entry.size ?? 0
  }
  return { objectCount, bytes }
}
