import { copyFileSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { oweDecisions } from '../../src/pipeline/decided-with.ts'
import { noteTeaching } from '../../src/pipeline/taught-with.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import type { Store } from '../../src/store/store.ts'
import { place } from '../support/offtrail.ts'
import { insightsOf, runOver, withStore, writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()
const DAYS = 24
const NOON = {
  minute: 720,
  count: 300,
  changes: { eventName: 'DescribeInstances', readOnly: true },
}

let files: readonly string[]

/** Load tests at noon of 12 to 19 March, and one call after the other at noon of the 25th, which nobody announced. */
beforeAll(async () => {
  files = writeDays(path('trail'), { from: 0, until: DAYS }, (day) =>
    (day >= 10 && day < 18) || day === DAYS - 1 ? [NOON] : [],
  )
  await withStore(path('plain.db'), (store) => runOver(store, path('trail')))
})

const noons = { start: '2026-03-12T12:02', end: '2026-03-12T12:03', repeats: 'FREQ=DAILY;COUNT=8' }
const loadTests = { name: 'load', skip: ['learning'], reason: 'load tests', events: [noons] }

/** Runs over all of the trail once more, with calendars; how many days were scored, and all that follows. */
async function ran(store: Store, calendars: readonly object[], folder = 'trail') {
  const settings = settingsFrom({ calendars })
  const { detect } = await runOver(store, path(folder), { settings })
  return { days: detect.daysScored, hash: canonicalHash(store), starts: startsOf(store) }
}

const startsOf = (store: Store) =>
  insightsOf(store)
    .filter(({ insightType }) => insightType === 'ApiCallRateInsight')
    .map(({ startMs }) => new Date(startMs).toISOString().slice(0, 10))

const onPlain = async <Answer>(name: string, use: (store: Store) => Promise<Answer>) => {
  copyFileSync(path('plain.db'), path(name))
  return withStore(path(name), use)
}

describe('a calendar that skips learning', () => {
  it('keeps what it covers from becoming normal, and scores the days it concerns again', async () => {
    const skipped = await withStore(path('skipped.db'), (store) => ran(store, [loadTests]))
    expect(skipped.days).toBe(DAYS)
    expect(skipped.starts).toContain('2026-03-25')
    await onPlain('again.db', async (store) => {
      const plain = { hash: canonicalHash(store), starts: startsOf(store) }
      expect(plain.starts).not.toContain('2026-03-25')
      // From the day of the first load test on.
      expect(await ran(store, [loadTests])).toEqual({ ...skipped, days: DAYS - 10 })
      expect(await ran(store, [loadTests])).toEqual({ ...skipped, days: 0 })
      const rest = { ...noons, start: '2026-03-13T12:02', end: '2026-03-13T12:03' }
      const other = [
        { ...noons, repeats: 'FREQ=DAILY;COUNT=1' },
        { ...rest, repeats: 'FREQ=DAILY;COUNT=7' },
      ]
      expect(await ran(store, [{ ...loadTests, events: other }])).toEqual({ ...skipped, days: 0 })
      expect(await ran(store, [])).toEqual({ ...plain, days: DAYS - 10 })
      expect(await ran(store, [])).toEqual({ ...plain, days: 0 })
    })
  })

  it('comes to the same however history is cut into runs', async () => {
    const whole = await withStore(path('whole.db'), (store) => ran(store, [loadTests]))
    const grown = (from: number, until: number) => {
      for (const file of files.slice(from, until)) {
        written(path('grown', basename(file)), readFileSync(file))
      }
    }
    await withStore(path('cut.db'), async (store) => {
      grown(0, 16)
      await ran(store, [{ ...loadTests, name: 'wrong', api: 's3:*' }], 'grown')
      grown(16, DAYS)
      expect((await ran(store, [loadTests], 'grown')).hash).toBe(whole.hash)
    })
  })

  it('concerns nobody else, and nothing that is still to come', async () => {
    await onPlain('others.db', async (store) => {
      const { hash } = await ran(store, [])
      for (const scope of [{ account: '999999999999' }, { skip: ['result'], region: 'nowhere' }]) {
        expect(await ran(store, [{ ...loadTests, ...scope }])).toMatchObject({ days: 0, hash })
      }
      const later = { ...noons, start: '2026-05-12T12:02', end: '2026-05-12T12:03' }
      expect(await ran(store, [{ ...loadTests, events: [later] }])).toMatchObject({ days: 0, hash })
      // The account is scored again, and nothing of it turns out otherwise.
      const elsewhere = await ran(store, [{ ...loadTests, region: 'ap-*' }])
      expect(elsewhere).toMatchObject({ days: DAYS - 10, hash })
    })
  })

  it('is learned with by the next run where one was killed before it scored', async () => {
    const skipped = await withStore(path('intact.db'), (store) => ran(store, [loadTests]))
    await onPlain('killed.db', async (store) => {
      const plain = canonicalHash(store)
      noteTeaching(store, settingsFrom({ calendars: [loadTests] }))
      oweDecisions(
        store,
        store.accounts().map(({ account }) => account),
      )
      expect(await ran(store, [])).toMatchObject({ hash: plain, days: DAYS - 10 })
      noteTeaching(store, settingsFrom({ calendars: [loadTests] }))
      expect(await ran(store, [loadTests])).toEqual({ ...skipped, days: DAYS - 10 })
    })
  })
})

describe('a calendar that skips both', () => {
  it('keeps back what begins inside, too', async () => {
    await onPlain('both.db', async (store) => {
      const before = startsOf(store)
      const day = { start: '2026-03-12', end: '2026-03-20' }
      const both = { ...loadTests, skip: ['result', 'learning'], events: [day] }
      const { starts } = await ran(store, [both])
      expect(before).toContain('2026-03-12')
      expect(starts).toEqual(['2026-03-25'])
    })
  })
})
