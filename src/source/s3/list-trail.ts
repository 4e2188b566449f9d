import { type DeliverySpan, daysOf, isDelivered } from '../delivery-span.ts'
import { parseObjectName } from '../object-name.ts'
import type { Bucket, Listed } from './door.ts'

/** Ends of folders: of an account, and of an organisation. */
export const ACCOUNT = /\/\d{12}\/$/
export const ORGANISATION = /\/o-[a-z0-9]+\/$/
/** What is looked for in a trail's layout: files of events, or CloudTrail's own Insights files. */
export type TrailFiles = 'events' | 'insights'
/** The folders of each. */
const FOLDERS = { events: /^CloudTrail(-NetworkActivity)?$/, insights: /^CloudTrail-Insight$/ }

/**
 * Objects below a prefix. Where it leads into CloudTrail's layout and days are named, only those days of each account and Region are
 * listed: their keys sort by day. Insights files are looked for in their own folders there. Everything else is listed whole, and what
 * CloudTrail names otherwise than the files looked for is left out.
 */
export async function* listTrail(
  bucket: Bucket,
  prefix: string,
  { span, files }: { readonly span: DeliverySpan | null; readonly files: TrailFiles },
): AsyncGenerator<Listed> {
  for await (const stretch of stretchesOf(bucket, prefix, { span, files })) {
    for await (const object of objectsOf(bucket, stretch)) {
      if (isWanted(object, span, files)) yield object
    }
  }
}

/** What is listed in one go: a prefix, from a key on, up to one. */
export interface Stretch {
  readonly prefix: string
  readonly startAfter?: string
  readonly end?: string
}

async function* stretchesOf(
  bucket: Bucket,
  prefix: string,
  { span, files }: { readonly span: DeliverySpan | null; readonly files: TrailFiles },
): AsyncGenerator<Stretch> {
  const isWhole = span === null && files === 'events'
  const logs = isWhole ? null : await logsFolder(bucket, prefix)
  if (logs === null) {
    yield { prefix }
    return
  }
  for await (const region of regionFolders(bucket, logs, FOLDERS[files])) {
    yield { prefix: region, ...(span === null ? {} : stretchIn(region, span)) }
  }
}

/** The days of a Region's folder: keys sort by day. */
function stretchIn(region: string, span: DeliverySpan): Omit<Stretch, 'prefix'> {
  const { first, beyond } = daysOf(span)
  return { startAfter: `${region}${first}`, end: `${region}${beyond}` }
}

/** The folder `AWSLogs/` at or just below a prefix; null: there is none. */
async function logsFolder(bucket: Bucket, prefix: string): Promise<string | null> {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  if (/(^|\/)AWSLogs\/$/.test(folder)) return folder
  const below = await foldersOf(bucket, folder)
  return below.find((each) => each === `${folder}AWSLogs/`) ?? null
}

/** Folders of Regions: `AWSLogs/[o-ID/]ACCOUNT/CloudTrail/REGION/`. */
async function* regionFolders(
  bucket: Bucket,
  folder: string,
  kept: RegExp,
): AsyncGenerator<string> {
  for (const below of await foldersOf(bucket, folder)) {
    if (ORGANISATION.test(below)) yield* regionFolders(bucket, below, kept)
    if (!ACCOUNT.test(below)) continue
    for (const kind of await foldersOf(bucket, below)) {
      const name = kind.slice(below.length, -1)
      if (kept.test(name)) yield* await foldersOf(bucket, kind)
    }
  }
}

/** Folders right below a prefix, each ending in `/`. */
export async function foldersOf(bucket: Bucket, prefix: string): Promise<readonly string[]> {
  const found: string[] = []
  let token: string | undefined
  do {
    const page = await bucket.list({ prefix, folders: true, token })
    found.push(...page.folders)
    token = page.token
  } while (token !== undefined)
  return found
}

/** The objects of a stretch, in the order of their keys. */
export async function* objectsOf(bucket: Bucket, stretch: Stretch): AsyncGenerator<Listed> {
  const { prefix, startAfter, end } = stretch
  let token: string | undefined
  do {
    const page = await bucket.list({
      ...{ prefix, token },
      ...(startAfter === undefined ? {} : { startAfter }),
    })
    for (const object of page.objects) {
      if (end !== undefined && object.key >= end) return
      yield object
    }
    token = page.token
  } while (token !== undefined)
}

function isWanted({ key, size }: Listed, span: DeliverySpan | null, files: TrailFiles): boolean {
  if (!mayHold(files, key, size)) return false
  return span === null || isDelivered(parseObjectName(key), span)
}

/** Folders made by hand are empty objects; what CloudTrail names otherwise than the files looked for holds none of it. */
export function mayHold(files: TrailFiles, key: string, size: number | null): boolean {
  if (size === 0 && key.endsWith('/')) return false
  const name = parseObjectName(key)
  return name === null || FOLDERS[files].test(name.folder)
}
