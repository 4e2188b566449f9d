import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunReport } from '../../src/pipeline/run.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import { countRows } from '../../src/store/count-rows.ts'
import { checkStore } from '../../src/store/doctor.ts'
import { FIXTURE_TRAILS, runOver } from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

describe('run, over the published trails', () => {
  const store = memoryStore()
  let first: RunReport
  beforeAll(async () => {
    first = await runOver(store, FIXTURE_TRAILS)
  })
  afterAll(() => store.close())

  it('accounts for each of 184 objects and 8 473 records', () => {
    const { ingest } = first
    expect(ingest.listed).toBe(184)
    expect(ingest.objects).toEqual({ done: 161, partial: 0, failed: 1, skipped: 22, unchanged: 0 })
    expect(ingest.skippedByCode).toEqual({ NOT_CLOUDTRAIL: 18, DIGEST: 2, INSIGHT: 2 })
    expect(ingest.tally).toEqual({
      ...{ read: 8473, counted: 8372, duplicate: 91, late: 0 },
      ...{ rejected: 6, insights: 4, conflicts: 0 },
    })
    expect(ingest.rejectedByCode).toEqual({ FILE_DAMAGED: 6 })
    expect(ingest.troubles).toEqual([
      {
        ...{ key: join(FIXTURE_TRAILS, 'formats/broken-json.json'), code: 'JSON_INVALID' },
        ...{ message: expect.stringContaining('byte 3053'), known: false },
      },
    ])
  })

  it('keeps counts whose sum is the number of counted calls, in a store that adds up', () => {
    const sum = [...countRows(store)].reduce((total, { calls }) => total + calls, 0)
    expect(sum).toBe(first.ingest.tally.counted)
    expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
  })

  it('changes nothing the second time, says which file is still broken, and keeps both reports', async () => {
    const hash = canonicalHash(store)
    const second = await runOver(store, FIXTURE_TRAILS)
    const { ingest, detect } = second
    expect(ingest.objects).toEqual({ done: 0, partial: 0, failed: 0, skipped: 0, unchanged: 184 })
    expect(ingest.tally.read).toBe(0)
    expect(ingest.troubles).toMatchObject([{ code: 'JSON_INVALID', known: true }])
    expect(detect).toEqual({
      ...{ accountsScored: 0, daysScored: 0 },
      insights: { added: 0, changed: 0, retracted: 0 },
    })
    expect(canonicalHash(store)).toBe(hash)
    const reports = store.runs(10).map(({ report }) => report)
    expect(reports).toEqual(JSON.parse(JSON.stringify([second, first])))
  })
})
