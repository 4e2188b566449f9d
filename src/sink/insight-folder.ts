import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Insight } from '../insight/insight.ts'
import { type InsightRecord, isOfAws, recordsOf } from '../insight/record.ts'
import { formatObjectName } from '../source/object-name.ts'
import { writeAtomically } from './file.ts'
import { segmentOf } from './path-segment.ts'
import { safeJson } from './safe.ts'
import type { Sink } from './sink.ts'

const compress = promisify(gzip)
const MINUTE_MS = 60_000
const HASH_DIGITS = 16

/** A folder as a sink: `deliverToFolder` under a name. */
export function insightFolder(root: string, options: { readonly strict: boolean }): Sink {
  return {
    name: `folder ${root}`,
    takes: isOfAws,
    deliver: async (insights) => {
      await deliverToFolder(root, insights, options)
    },
  }
}

/**
 * Writes Insights records as CloudTrail delivers them to S3: gzipped `{"Records":[…]}` under
 * `AWSLogs/ACCOUNT/CloudTrail-Insight/REGION/YYYY/MM/DD/`, one file per account, Region and minute in which a
 * record could be known (a Start when detected, an End when ended). Names come from the content, so
 * delivering the same insights again writes the same files.
 * @returns the paths written, in order of their names
 * Throws `STORAGE_FAILED` as `writeAtomically` does.
 */
export async function deliverToFolder(
  root: string,
  insights: readonly Insight[],
  { strict }: { readonly strict: boolean },
): Promise<readonly string[]> {
  const files = [...deliveriesOf(insights, strict).values()].map((delivery) => {
    const body = bodyOf(delivery)
    return { path: join(root, ...keyOf(delivery, body).split('/')), body }
  })
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const { path, body } of files) await writeAtomically(path, await compress(body))
  return files.map(({ path }) => path)
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

function keyOf({ account, region, stampMs }: Delivery, body: string): string {
  const suffix = createHash('sha256').update(body).digest('hex').slice(0, HASH_DIGITS)
  return formatObjectName({ account, region, folder: 'CloudTrail-Insight', stampMs }, { suffix })
}

/** `Records` must be the first key: AWS's own reader asks for it. */
function bodyOf({ records }: Delivery): string {
  const sorted = records.toSorted((a, b) => (a.eventID < b.eventID ? -1 : 1))
  return safeJson({ Records: sorted })
}
