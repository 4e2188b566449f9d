import { Fault } from '../../base/fault.ts'
import { daysOf } from '../delivery-span.ts'
import { ACCOUNT, ORGANISATION, type Stretch } from '../s3/list-trail.ts'
import type { Location } from './digest.ts'
import type { Shelf, Stored } from './shelf.ts'

/** Delivery that is looked at: epoch milliseconds; `untilMs` null: no end. */
export interface Span {
  readonly fromMs: number
  readonly untilMs: number | null
}

/** One account's deliveries of one Region, wherever in an archive they lie. */
export interface Place {
  readonly account: string
  readonly region: string
  /** `[prefix/]AWSLogs/[o-ID/]ACCOUNT/`, each with its shelf. */
  readonly folders: readonly { readonly shelf: Shelf; readonly path: string }[]
}

/** Where digests and logs are kept together: buckets of one owner, or a copy of one in a folder. */
export interface Archive {
  /** Rejects with `INPUT_NOT_FOUND` where there is no folder `AWSLogs`. */
  places(): Promise<readonly Place[]>
  /** Files of one kind (`CloudTrail`, `CloudTrail-Digest`, …), those of a day together. */
  list(place: Place, kind: string, span: Span): AsyncIterable<Location>
  open(at: Location): Promise<Stored | 'missing' | 'elsewhere'>
  /** What names a file in reports, and one file alone. */
  nameOf(at: Location): string
}

/** A place to look for `AWSLogs`: at or right below a prefix. */
export interface Root {
  readonly shelf: Shelf
  readonly prefix: string
}

const KINDS = /\/CloudTrail(?:-Digest|-NetworkActivity)?\/$/

/**
 * An archive of shelves. A folder stands for whatever bucket it was copied from, and for what came before `AWSLogs` there: `find`
 * says which shelf and key a location means, null where it is none of them.
 */
export function archiveOf(
  roots: readonly Root[],
  find: (at: Location) => { readonly shelf: Shelf; readonly key: string } | null,
): Archive {
  const names = new Map(roots.map(({ shelf }) => [shelf, bucketNameOf(shelf)]))
  return {
    places: () => placesOf(roots),
    async *list({ folders, region }, kind, span) {
      for (const { shelf, path } of folders)
        for await (const key of shelf.keys(stretchOf(`${path}${kind}/${region}/`, span)))
          yield { bucket: names.get(shelf) ?? '', key }
    },
    async open(at) {
      const found = find(at)
      if (found === null) return 'elsewhere'
      return (await found.shelf.open(found.key)) ?? 'missing'
    },
    nameOf(at) {
      const found = find(at)
      return found === null ? `s3://${at.bucket}/${at.key}` : `${found.shelf.title}${found.key}`
    },
  }
}

const bucketNameOf = ({ title }: Shelf): string => /^s3:\/\/([^/]+)\/$/.exec(title)?.[1] ?? ''

async function placesOf(roots: readonly Root[]): Promise<readonly Place[]> {
  const places = new Map<string, { account: string; region: string; folders: Place['folders'] }>()
  for (const { shelf, prefix } of roots)
    for (const path of await accountsBelow(shelf, await logsFolder(shelf, prefix)))
      for (const region of await regionsOf(shelf, path)) {
        const account = path.slice(-13, -1)
        const name = `${account} ${region}`
        const { folders = [] } = places.get(name) ?? {}
        const isNew = folders.every((each) => each.shelf !== shelf || each.path !== path)
        if (isNew) places.set(name, { account, region, folders: [...folders, { shelf, path }] })
      }
  return [...places.keys()].sort().flatMap((name) => places.get(name) ?? [])
}

async function logsFolder(shelf: Shelf, prefix: string): Promise<string> {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  if (/(^|\/)AWSLogs\/$/.test(folder)) return folder
  const logs = `${folder}AWSLogs/`
  if ((await shelf.folders(folder)).includes(logs)) return logs
  throw new Fault(
    'INPUT_NOT_FOUND',
    `there is no folder AWSLogs in ${shelf.title}${folder}: name the folder or prefix that holds AWSLogs, and pick with --account and --region`,
  )
}

async function accountsBelow(shelf: Shelf, folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const below of await shelf.folders(folder)) {
    if (ORGANISATION.test(below)) found.push(...(await accountsBelow(shelf, below)))
    else if (ACCOUNT.test(below)) found.push(below)
  }
  return found
}

async function regionsOf(shelf: Shelf, path: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const kind of await shelf.folders(path)) {
    if (!KINDS.test(kind)) continue
    for (const region of await shelf.folders(kind)) found.add(region.slice(kind.length, -1))
  }
  return found
}

/** Keys sort by day. A file is named after its delivery, and a digest after its end, an hour or so later. */
function stretchOf(prefix: string, { fromMs, untilMs }: Span): Stretch {
  const { first, beyond } = daysOf({ fromMs, untilMs: untilMs ?? Number.POSITIVE_INFINITY })
  return { prefix, startAfter: `${prefix}${first}`, end: `${prefix}${beyond}` }
}
