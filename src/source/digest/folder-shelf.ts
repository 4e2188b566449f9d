import { readdir, realpath } from 'node:fs/promises'
import { errorCode, lookAtEntry } from '../local/look.ts'
import { joinPath, keyFromPath, type PathBytes } from '../local/path-key.ts'
import { walkFolder } from '../local/walk-folder.ts'
import type { SourceObject } from '../source.ts'
import type { Shelf } from './shelf.ts'

const MOST_METADATA_BYTES = 65_536
/** What `aws s3api head-object` said of a file, saved beside it. */
export const METADATA_END = '.metadata.json'

/** A folder of this machine as a shelf: keys are paths below it. */
export async function folderShelf(path: PathBytes): Promise<Shelf> {
  const root = await realpath(path, { encoding: 'buffer' })
  const title = keyFromPath(joinPath(path, ''))
  const start = keyFromPath(joinPath(root, ''))
  const at = (key: string): PathBytes => Buffer.concat([joinPath(root, ''), Buffer.from(key)])
  return {
    title,
    async folders(prefix) {
      const entries = await entriesOf(at(prefix))
      return entries.map((name) => `${prefix}${name}/`).sort()
    },
    async *keys({ prefix, startAfter, end }) {
      for await (const { key: found } of walkFolder(at(prefix.replace(/\/$/, '')))) {
        const key = found.slice(start.length)
        if (startAfter !== undefined && key <= startAfter) continue
        if ((end === undefined || key < end) && !key.endsWith(METADATA_END)) yield key
      }
    },
    async open(key) {
      if (!isBelow(key)) return null
      const object = await objectAt(at(key), root)
      if (object === null) return null
      const beside = await objectAt(at(`${key}${METADATA_END}`), root)
      return { bytes: object.open(), metadata: beside === null ? {} : await metadataOf(beside) }
    },
  }
}

async function entriesOf(folder: PathBytes): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return []
    throw error
  }
}

/** A key of a bucket may be anything; a path below the folder has no steps up. */
function isBelow(key: string): boolean {
  return !key.includes('\0') && key.split('/').every((part) => !['', '.', '..'].includes(part))
}

async function objectAt(path: PathBytes, root: PathBytes): Promise<SourceObject | null> {
  const seen = await lookAtEntry(path, root)
  if (seen.kind === 'object') return seen
  if (seen.kind === 'unreadable' && !seen.message.includes('ENOTDIR')) throw new Error(seen.message)
  return null
}

async function metadataOf(object: SourceObject): Promise<Readonly<Record<string, string>>> {
  if ((object.size ?? 0) > MOST_METADATA_BYTES) return {}
  const pieces: Uint8Array[] = []
  for await (const piece of object.open()) pieces.push(piece)
  return metadataIn(Buffer.concat(pieces).toString())
}

function metadataIn(text: string): Readonly<Record<string, string>> {
  try {
    const said = JSON.parse(text) as {
      readonly Metadata?: Readonly<Record<string, unknown>>
    } | null
    const entries = Object.entries(said?.Metadata ?? {})
    return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')) as Record<
      string,
      string
    >
  } catch {
    return {}
  }
}
