import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Settings, settingsFrom } from '../../../../../src/base/settings.ts'
import { knownBaselines } from '../../../../../src/pipeline/scoring/known-baselines.ts'
import { simulate } from '../../../../../src/simulate/simulate.ts'
import type { SourceObject } from '../../../../../src/source/source.ts'
import { canonicalHash } from '../../../../../src/store/canonical.ts'
import type { AccountNews, Store } from '../../../../../src/store/store.ts'
import {
  DAY_MS,
  inMemory,
  listing,
  runOver,
  temporaryFolder,
  withStore,
} from '../../../../support/pipeline-world.ts'

const START_MS = Date.UTC(2026, 8, 7)
const DAYS = 16
const LAST_DAY = START_MS / DAY_MS + DAYS - 1
const shape = { seed: 4, days: DAYS, accounts: 1, scale: 0.1 }

/** The trail's files in the order they were delivered in; those of the last day in pieces of six hours. */
const files = [...simulate({ ...shape, startMs: START_MS }).files()]
  .map(({ key, text }) => inMemory(`/trail/${key}`, text))
  .sort((one, other) => deliveredMs(one) - deliveredMs(other))
const pieces = [0, 6, 12, 18].map((hour) => {
  const fromMs = hour === 0 ? 0 : LAST_DAY * DAY_MS + hour * 3_600_000
  const untilMs =
    hour === 18 ? Number.POSITIVE_INFINITY : LAST_DAY * DAY_MS + (hour + 6) * 3_600_000
  return files.filter((file) => deliveredMs(file) >= fromMs && deliveredMs(file) < untilMs)
})

function deliveredMs({ name }: SourceObject): number {
  return name?.stampMs ?? 0
}

async function runOn(store: Store, part: readonly SourceObject[], settings?: Settings) {
  await runOver(store, listing(part), settings === undefined ? {} : { settings })
}

const inStore = <Answer>(use: (store: Store) => Promise<Answer>) =>
  withStore(join(temporaryFolder(), 'store.db'), use)

describe('knownBaselines', () => {
  it('are those of the last day scored, unless something it is learned from is news', async () => {
    await inStore(async (store) => {
      await runOn(store, pieces[0] ?? [])
      const [news] = store.accounts() as readonly [AccountNews]
      const known = (changes: Partial<AccountNews>, fromDay = LAST_DAY) =>
        knownBaselines(store, { ...news, ...changes }, { fromDay }).size
      expect(news.dirtyMinute).toBeNull()
      expect(known({})).toBeGreaterThan(20)
      expect(known({}, LAST_DAY - 1)).toBe(0)
      expect(known({}, LAST_DAY + 1)).toBe(0)
      expect(known({ dirtyMinute: LAST_DAY * 1440 + 1 })).toBe(known({}))
      expect(known({ dirtyMinute: LAST_DAY * 1440 })).toBe(0)
      store.setMeta(`learned-by ${news.account}`, 'another version')
      expect(known({})).toBe(0)
      await runOn(store, pieces[1] ?? [])
      expect(known({})).toBeGreaterThan(20)
      const regions = news.regions.map((region) => ({ ...region, scoredMs: null }))
      expect(known({ regions })).toBe(0)
    })
  })

  it("are nobody's where a run is killed before it said that they are its own", async () => {
    await inStore(async (store) => {
      await runOn(store, pieces[0] ?? [])
      const [{ account }] = store.accounts() as readonly [AccountNews]
      const learner = `learned-by ${account}`
      const killed: Store = {
        ...store,
        setMeta: (name, value) => {
          if (name === learner && value !== '') throw new Error('killed')
          store.setMeta(name, value)
        },
      }
      store.setMeta(learner, 'another version')
      await expect(runOn(killed, pieces[1] ?? [])).rejects.toThrow('killed')
      expect(store.meta(learner)).toBe('')
      await runOn(store, pieces[2] ?? [])
      const own = store.meta(learner)
      expect(own).toMatch(/^\d/)
      await runOn(killed, pieces[3] ?? [])
      expect(store.meta(learner)).toBe(own)
    })
  })

  it('change nothing that is found, however often a day is scored as it grows', async () => {
    const whole = await inStore(async (store) => {
      await runOn(store, files)
      return canonicalHash(store)
    })
    const grown = await inStore(async (store) => {
      for (const piece of pieces) await runOn(store, piece)
      return canonicalHash(store)
    })
    expect(grown).toBe(whole)
  })

  it('are forgotten on a day from which calls are dropped that it was learned from', async () => {
    const settings = settingsFrom({
      suppressions: [
        {
          ...{ effect: 'drop-from-counts', errorCode: '*', reason: 'retried' },
          from: new Date((LAST_DAY + 0.5) * DAY_MS).toISOString(),
        },
      ],
    })
    const whole = await inStore(async (store) => {
      await runOn(store, files, settings)
      return canonicalHash(store)
    })
    const grown = await inStore(async (store) => {
      const [first, ...others] = pieces
      await runOn(store, first ?? [])
      for (const piece of others) await runOn(store, piece, settings)
      return canonicalHash(store)
    })
    expect(grown).toBe(whole)
  })
})
