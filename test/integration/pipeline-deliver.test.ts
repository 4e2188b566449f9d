import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { insightFolder } from '../../src/sink/insight-folder.ts'
import type { Store } from '../../src/store/store.ts'
import {
  DAY_MS,
  FIRST_DAY_MS,
  insightsOf,
  runOver,
  temporaryFolder,
  writeDays,
} from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const MINING = { minute: 720, count: 300 }

interface Place {
  readonly store: Store
  readonly trail: string
  readonly out: string
  /** One run that delivers; how many were delivered and kept back. */
  run(deliverSinceMs?: number): Promise<readonly [number, number]>
}

async function inPlace(use: (place: Place) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const store = memoryStore()
  const [trail, out] = [join(folder, 'trail'), join(folder, 'out')]
  const sinks = [insightFolder(out, { strict: false })]
  const run = async (deliverSinceMs: number | null = null) => {
    const { delivery } = await runOver(store, trail, { sinks, deliverSinceMs })
    const [{ delivered = -1, history = -1 } = {}] = delivery
    return [delivered, history] as const
  }
  try {
    await use({ store, trail, out, run })
  } finally {
    store.close()
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json.gz'))
    .sort()

describe('run, with a folder to deliver to', () => {
  it('keeps the history of the first run back, and delivers what comes later once', () =>
    inPlace(async ({ store, trail, out, run }) => {
      writeDays(trail, { from: 0, until: 10 }, (day) => (day === 8 ? [MINING] : []))
      expect(await run()).toEqual([0, 1])
      writeDays(trail, { from: 10, until: 13 }, (day) =>
        day === 11 ? [{ ...MINING, count: 900 }] : [],
      )
      expect(await run()).toEqual([1, 0])
      expect(insightsOf(store)).toHaveLength(2)
      const files = filesIn(out)
      // Start and End could be known in the same minute, so they share a file.
      expect(files).toHaveLength(1)
      expect(await run()).toEqual([0, 0])
      expect(filesIn(out)).toEqual(files)
    }))

  it('delivers an insight a second time when it has ended, and no third time', () =>
    inPlace(async ({ store, trail, run }) => {
      writeDays(trail, { from: 0, until: 8 })
      expect(await run()).toEqual([0, 0])
      writeDays(trail, { from: 8, until: 9 }, () => [{ minute: 1425, count: 300 }])
      expect(await run()).toEqual([1, 0])
      expect(insightsOf(store)).toMatchObject([{ state: 'open' }])
      writeDays(trail, { from: 9, until: 11 })
      expect(await run()).toEqual([1, 0])
      expect(insightsOf(store)).toMatchObject([{ state: 'closed' }])
      expect(await run()).toEqual([0, 0])
    }))

  it('delivers history from the moment asked for', () =>
    inPlace(async ({ trail, run }) => {
      writeDays(trail, { from: 0, until: 10 }, (day) => (day === 8 ? [MINING] : []))
      expect(await run(FIRST_DAY_MS + 9 * DAY_MS)).toEqual([0, 0])
      expect(await run(FIRST_DAY_MS + 8 * DAY_MS)).toEqual([1, 0])
    }))

  it('draws the line at the end of the first run, though that one was given another', () =>
    inPlace(async ({ trail, run }) => {
      writeDays(trail, { from: 0, until: 10 })
      await run(FIRST_DAY_MS)
      writeDays(trail, { from: 10, until: 13 }, (day) => (day === 11 ? [MINING] : []))
      expect(await run()).toEqual([1, 0])
    }))

  it('writes files that Offtrail itself passes over as Insights', () =>
    inPlace(async ({ store, trail, out, run }) => {
      writeDays(trail, { from: 0, until: 10 }, (day) => (day === 8 ? [MINING] : []))
      await run(FIRST_DAY_MS)
      const { counted } = store.totals()
      const { ingest } = await runOver(store, out)
      expect(ingest.skippedByCode).toEqual({ INSIGHT: 1 })
      expect(ingest.tally).toMatchObject({ read: 2, counted: 0, insights: 2 })
      expect(store.totals().counted).toBe(counted)
    }))
})
