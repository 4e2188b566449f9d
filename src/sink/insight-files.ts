import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Insight } from '../insight/insight.ts'
import { type InsightRecord, recordsOf } from '../insight/record.ts'
import { formatObjectName, type ObjectPlace } from '../source/object-name.ts'
import { segmentOf } from './path-segment.ts'
import { safeJson } from './safe.ts'

/** One file as CloudTrail delivers it. */
export interface InsightFile {
  /** `AWSLogs/ACCOUNT/CloudTrail-Insight/…json.gz`. */
  readonly key: string
  /** Compressed. */
  readonly bytes: Uint8Array
}

/** What stands before and in `AWSLogs`. */
type FilePlace = Omit<ObjectPlace, 'suffix'>

const compress = promisify(gzip)
const MINUTE_MS = 60_000
const HASH_DIGITS = 16

/**
 * Insights records as CloudTrail delivers them to S3: gzipped `{"Records":[…]}` under
 * `AWSLogs/ACCOUNT/CloudTrail-Insight/REGION/YYYY/MM/DD/`, one file per account, Region and minute in which a
 * record could be known (a Start when detected, an End when ended). Names come from the content, so the same
 * insights are the same files. In order of their keys.
 */
export async function insightFiles(
  insights: readonly Insight[],
  { strict, ...place }: FilePlace & { readonly strict: boolean },
): Promise<readonly InsightFile[]> {
  const files: InsightFile[] = []
  for (const delivery of deliveriesOf(insights, strict).values()) {
    const body = bodyOf(delivery)
    files.push({ key: keyOf(delivery, body, place), bytes: await compress(body) })
  }
  return files.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The records of one file. */
interface Delivery {
  readonly account: string
  readonly region: string
  readonly stampMs: number
  readonly records: InsightRecord[]
}

function deliveriesOf(insights: readonly Insight[], strict: boolean): Map<string, Delivery> {
  const deliveries = new Map<string, Delivery>()
  for (const insight of insights) {
    for (const record of recordsOf(insight, { strict })) {
      const place = {
        account: segmentOf(insight.account),
        region: segmentOf(insight.region),
        stampMs: stampOf(insight, record),
      }
      const key = JSON.stringify(place)
      const delivery = deliveries.get(key) ?? { ...place, records: [] }
      delivery.records.push(record)
      deliveries.set(key, delivery)
    }
  }
  return deliveries
}

function stampOf({ detectedMs, endMs }: Insight, { insightDetails }: InsightRecord): number {
  const knownMs = insightDetails.state === 'End' && endMs !== null ? endMs : detectedMs
  return Math.floor(knownMs / MINUTE_MS) * MINUTE_MS
}

function keyOf({ account, region, stampMs }: Delivery, body: string, place: FilePlace): string {
  const suffix = createHash('sha256').update(body).digest('hex').slice(0, HASH_DIGITS)
  const name = { account, region, folder: 'CloudTrail-Insight', stampMs }
  return formatObjectName(name, { ...place, suffix })
}

/** `Records` must be the first key: AWS's own reader asks for it. */
function bodyOf({ records }: Delivery): string {
  const sorted = records.toSorted((a, b) => (a.eventID < b.eventID ? -1 : 1))
  return safeJson({ Records: sorted })
}
