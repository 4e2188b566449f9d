import { stat } from 'node:fs/promises'
import { Fault } from '../../base/fault.ts'
import type { AwsDoor } from '../aws/door.ts'
import { pathFromKey } from '../local/path-key.ts'
import { bucketOf } from '../s3/door.ts'
import { bucketAddress } from '../s3-objects.ts'
import { type Archive, archiveOf, type Root } from './archive.ts'
import { folderShelf } from './folder-shelf.ts'
import { bucketShelf, type Shelf } from './shelf.ts'

/**
 * The archives that `s3://BUCKET[/PREFIX]` and paths name: all buckets together are one, each folder is one of its own. Throws
 * `USAGE` for a malformed address and `INPUT_NOT_FOUND` for what is no folder.
 */
export async function openArchives(
  sources: readonly string[],
  door: AwsDoor,
): Promise<readonly Archive[]> {
  const far = sources.filter((source) => source.startsWith('s3:'))
  const near = sources.filter((source) => !source.startsWith('s3:'))
  return [
    ...(far.length > 0 ? [await s3Archive(far, door)] : []),
    ...(await Promise.all([...new Set(near)].map(folderArchive))),
  ]
}

async function s3Archive(urls: readonly string[], door: AwsDoor): Promise<Archive> {
  const shelves = new Map<string, Shelf>()
  const roots: Root[] = []
  for (const { name, prefix } of urls.map(bucketAddress)) {
    const shelf = shelves.get(name) ?? bucketShelf(await bucketOf(name, door), name)
    shelves.set(name, shelf)
    roots.push({ shelf, prefix })
  }
  return archiveOf(roots, ({ bucket, key }) => {
    const shelf = shelves.get(bucket)
    return shelf === undefined ? null : { shelf, key }
  })
}

async function folderArchive(path: string): Promise<Archive> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  if (!isFolder)
    throw new Fault('INPUT_NOT_FOUND', `${path} is no folder: name the one that holds AWSLogs`)
  // The folder AWSLogs itself may be named as well.
  const root = pathFromKey(path).toString()
  const base = root.replace(/\/AWSLogs\/?$/, '') || '/'
  const shelf = await folderShelf(Buffer.from(base))
  return archiveOf([{ shelf, prefix: '' }], ({ key }) => {
    const at = key.lastIndexOf('AWSLogs/')
    return { shelf, key: at < 0 ? key : key.slice(at) }
  })
}
