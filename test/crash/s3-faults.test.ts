import { afterAll, beforeAll, expect, it } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import { Random } from '../../src/simulate/random.ts'
import { formatObjectName } from '../../src/source/object-name.ts'
import { s3Objects } from '../../src/source/s3-objects.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import type { Store } from '../../src/store/store.ts'
import { type Fate, faultProxy, type PassingRequest } from '../support/fault-proxy.ts'
import { FIRST_DAY_MS, runOver } from '../support/pipeline-world.ts'
import { CREDENTIALS, type QueueWorld, queueWorld } from '../support/queue-world.ts'
import { memoryStore } from '../support/temporary-store.ts'
import { recordsText, trailRecord } from '../support/trail-records.ts'

const OBJECTS = Number(process.env['S3_OBJECTS'] ?? 10_000)
const RECORDS = 3
const LATE_SHARE = 0.3
const FAULT_SHARE = 0.1
const PAGE_SIZE = 100
const MOST_RUNS = 30
const FAULTS = [503, 500, 'reset', 'truncate'] as const

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld()
})
afterAll(() => world.stop())

/** The same moment in every name and every record: only ids tell them apart. */
const eventTime = '2026-03-02T00:01:00Z'
const stampMs = FIRST_DAY_MS + 5 * 60_000

function keyOf(at: number): string {
  const name = { account: '111122223333', region: 'eu-west-1', folder: 'CloudTrail', stampMs }
  return formatObjectName(name, { suffix: String(at).padStart(16, '0'), prefix: '' })
}

async function putAll(places: readonly number[]): Promise<void> {
  for (const at of places) {
    const records = [0, 1, 2].map((nth) => trailRecord(at * RECORDS + nth, { eventTime }))
    await world.put(keyOf(at), recordsText(...records.map((record) => JSON.stringify(record))))
  }
}

const sourceAt = (endpointUrl: string) =>
  s3Objects({
    ...{ url: `s3://${world.bucket}`, span: null, region: 'us-east-1' },
    ...{ endpointUrl, credentials: CREDENTIALS },
  })

/** One run; a listing that broke off is no end: what came before stands. */
async function runOnce(store: Store, endpointUrl: string): Promise<boolean> {
  try {
    const { ingest } = await runOver(store, sourceAt(endpointUrl))
    return ingest.objects.failed === 0
  } catch (error) {
    if (error instanceof Fault && error.code === 'AWS_UNREACHABLE') return false
    throw error
  }
}

it(`misses none of ${OBJECTS} objects and doubles none, whatever S3 and the way there do`, async () => {
  const random = new Random(7, 's3-faults')
  const places = Array.from({ length: OBJECTS }, (_, at) => at)
  const late = new Set(places.filter(() => random.chance(LATE_SHARE)))
  const amid = [...late].filter((_, nth) => nth % 2 === 0)
  await putAll(places.filter((at) => !late.has(at)))
  const counts = { faults: 0, repeats: 0, pages: 0 }
  let before = ''
  let isAmid = false
  const fateOf = async ({ url }: PassingRequest): Promise<Fate> => {
    const isList = url.includes('list-type=2')
    // Half of what is late comes behind a listing that has passed its place.
    if (isList && before !== '' && !isAmid) {
      isAmid = true
      await putAll(amid)
    }
    if (random.chance(FAULT_SHARE)) {
      counts.faults += 1
      return random.pick(FAULTS)
    }
    if (!isList) return 'answer'
    counts.pages += 1
    // In place of the next page comes the one before it once more.
    const isRepeat = url.includes('continuation-token') && random.chance(FAULT_SHARE)
    if (isRepeat) counts.repeats += 1
    else before = `${url}&max-keys=${PAGE_SIZE}`
    return { url: before }
  }
  const proxy = await faultProxy(world.server.port, fateOf)
  const store = memoryStore()
  await runOnce(store, proxy.url)
  await putAll([...late].filter((at) => !amid.includes(at)))
  let runs = 1
  while (!(await runOnce(store, proxy.url)) && runs < MOST_RUNS) runs += 1
  await proxy.close()
  expect(store.totals()).toMatchObject({ counted: OBJECTS * RECORDS, duplicate: 0, rejected: 0 })
  expect(counts.faults).toBeGreaterThan(OBJECTS * FAULT_SHARE)
  expect(counts.repeats).toBeGreaterThan(0)
  expect(counts.pages).toBeGreaterThan(OBJECTS / PAGE_SIZE)
  const calm = memoryStore()
  await runOnce(calm, world.endpointUrl)
  expect(canonicalHash(store)).toBe(canonicalHash(calm))
  store.close()
  calm.close()
}, 1_800_000)
