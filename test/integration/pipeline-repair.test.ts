import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import type { SourceObject } from '../../src/source/source.ts'
import type { Store } from '../../src/store/store.ts'
import {
  burstRecords,
  dayText,
  inMemory,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  written,
} from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

async function inStore<Answer>(use: (store: Store) => Promise<Answer>): Promise<Answer> {
  const store = memoryStore()
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

const noChunks = (error: Error): Pick<SourceObject, 'open'> => ({
  // biome-ignore lint/correctness/useYield: it fails before its first chunk.
  async *open() {
    throw error
  },
})

describe('run, over files that change', () => {
  it('counts nothing of a file that was cut off, and all of it once it was copied again', () =>
    inStore(async (store) => {
      const packed = gzipSync(dayText(0))
      const path = written(join(temporaryFolder(), 'day.json.gz'), packed.subarray(0, 900))
      const cut = await runOver(store, path)
      expect(cut.ingest.objects.failed).toBe(1)
      expect(cut.ingest.tally.counted).toBe(0)
      expect(cut.ingest.troubles).toMatchObject([{ code: 'GZIP_CUT_OFF', known: false }])
      writeFileSync(path, packed)
      const whole = await runOver(store, path)
      expect(whole.ingest.objects.done).toBe(1)
      expect(whole.ingest.tally).toMatchObject({ read: 144, counted: 144, duplicate: 0 })
    }))

  it('counts each line of a growing file once', () =>
    inStore(async (store) => {
      const lines = burstRecords({ day: 0, minute: 0, count: 30 }).map(
        (record) => `${JSON.stringify(record)}\n`,
      )
      const path = written(join(temporaryFolder(), 'log.ndjson'), lines.slice(0, 20).join(''))
      await runOver(store, path)
      appendFileSync(path, lines.slice(20).join(''))
      const { ingest } = await runOver(store, path)
      expect(ingest.tally).toMatchObject({ read: 30, counted: 10, duplicate: 20 })
      expect(store.totals().counted).toBe(30)
    }))

  it('says that some lines of a file are no records, and counts the others', () =>
    inStore(async (store) => {
      const [record] = burstRecords({ day: 0, minute: 0, count: 1 })
      const text = `${JSON.stringify(record)}\n{"broken\n`
      const { ingest } = await runOver(store, listing([inMemory('/log.ndjson', text)]))
      expect(ingest.tally).toMatchObject({ read: 2, counted: 1, rejected: 1 })
      expect(ingest.rejectedByCode).toEqual({ LINE_NOT_JSON: 1 })
      expect(ingest.troubles).toMatchObject([{ key: '/log.ndjson', code: 'LINES_REJECTED' }])
    }))
})

describe('run, over what could not be read', () => {
  it('reads a file again that the system failed to hand over, though it did not change', () =>
    inStore(async (store) => {
      const file = inMemory('/day.json', dayText(0))
      const failing = { ...file, ...noChunks(new Error('EIO: i/o error, read')) }
      for (const attempt of [1, 2]) {
        const { ingest } = await runOver(store, listing([failing]))
        expect(ingest.troubles, `attempt ${attempt}`).toMatchObject([
          { code: 'READ_FAILED', message: 'EIO: i/o error, read', known: false },
        ])
      }
      expect(store.totals()).toMatchObject({ read: 0, rejected: 0 })
      const { ingest } = await runOver(store, listing([file]))
      expect(ingest.tally.counted).toBe(144)
    }))

  it('looks again at a file refused for its size once the limits are others', () =>
    inStore(async (store) => {
      const tight = settingsFrom({ limits: { inflatedBytes: 2048 } })
      const source = listing([inMemory('/day.json', dayText(0))])
      const refused = await runOver(store, source, { settings: tight })
      expect(refused.ingest.troubles).toMatchObject([{ code: 'TOO_LARGE', known: false }])
      const still = await runOver(store, source, { settings: tight })
      expect(still.ingest.troubles).toMatchObject([{ code: 'TOO_LARGE', known: true }])
      const { ingest } = await runOver(store, source)
      expect(ingest.tally.counted).toBe(144)
    }))

  it('reads what has no version each time, and counts it once', () =>
    inStore(async (store) => {
      const slice = inMemory('lookup://a/eu-west-1/x/y', dayText(0), {
        source: 'lookup',
        version: null,
      })
      await runOver(store, listing([slice]))
      const { ingest } = await runOver(store, listing([slice]))
      expect(ingest.objects).toMatchObject({ done: 1, unchanged: 0 })
      expect(ingest.tally).toMatchObject({ counted: 0, duplicate: 144 })
    }))

  it('ends with the fault when AWS refuses a slice; what came before stands', () =>
    inStore(async (store) => {
      const slices = [
        inMemory('lookup://a/eu-west-1/1/2', dayText(0), { source: 'lookup' }),
        {
          ...inMemory('lookup://a/eu-west-1/2/3', '', { source: 'lookup' }),
          ...noChunks(new Fault('AWS_ACCESS', 'AWS refused')),
        },
      ]
      await expect(runOver(store, listing(slices))).rejects.toMatchObject({ code: 'AWS_ACCESS' })
      expect(store.totals().counted).toBe(144)
      expect(store.ledgerRow('lookup', 'lookup://a/eu-west-1/2/3')).toBeUndefined()
    }))

  it('works over no source at all, and finds nothing', () =>
    inStore(async (store) => {
      const { ingest } = await runOver(store, listing([]))
      expect(ingest).toMatchObject({ listed: 0, troubles: [], tally: { read: 0 } })
      expect(insightsOf(store)).toEqual([])
    }))
})
