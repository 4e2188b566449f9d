import { DAMAGES, type FileLimits } from '../../event/api-call.ts'
import { readTrailFile } from '../../event/read-trail-file.ts'
import {
  type PublishedInsight,
  type PublishedRecord,
  publishedInsights,
  publishedRecord,
} from '../../insight/published.ts'
import type { Source, SourceObject } from '../../source/source.ts'

/** A file, or a record of one, that could not be read. */
export interface Unread {
  /** The file, with the place of the record in it, the first is 1. */
  readonly name: string
  readonly reason: string
}

/** CloudTrail's own insights, as its Insights files have them. */
export interface PublishedReading {
  readonly insights: readonly PublishedInsight[]
  /** Insights records read. */
  readonly records: number
  readonly unread: readonly Unread[]
}

const INSIGHTS_FOLDER = 'CloudTrail-Insight'

/**
 * Reads the Insights records of every file that is not named after something else of CloudTrail's; other files and records are
 * passed over. Damaged files and records that are no Insights records are told, and stop nothing.
 */
export async function readPublished(
  sources: readonly Source[],
  limits: FileLimits,
  onFile: (files: number) => void,
): Promise<PublishedReading> {
  const records: PublishedRecord[] = []
  const unread: Unread[] = []
  let files = 0
  for (const source of sources) {
    for await (const entry of source.list()) {
      if (entry.kind === 'unreadable') unread.push({ name: entry.key, reason: entry.message })
      else if (entry.name === null || entry.name.folder === INSIGHTS_FOLDER) {
        const read = await readFile(entry, limits)
        records.push(...read.records)
        unread.push(...read.unread)
        files += 1
        onFile(files)
      }
    }
  }
  return { insights: publishedInsights(records), records: records.length, unread }
}

async function readFile({ key, name, open }: SourceObject, limits: FileLimits) {
  const records: PublishedRecord[] = []
  const unread: Unread[] = []
  const account = name?.account ?? null
  let place = 0
  // A record is known by its own time; that of its file's delivery is no measure of it.
  const context = { account, stampMs: null, limits }
  const file = await readTrailFile(open(), context, (reading) => {
    place += 1
    if (reading.kind !== 'insight') return
    const record = publishedRecord(reading.record, account)
    if (typeof record === 'string') unread.push({ name: `${key} record ${place}`, reason: record })
    else records.push(record)
  })
  if (file.outcome !== 'failed') return { records, unread }
  const reason = file.message ?? DAMAGES[file.code as keyof typeof DAMAGES]
  return { records: [], unread: [{ name: key, reason }] }
}
