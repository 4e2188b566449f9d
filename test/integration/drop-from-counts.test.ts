import { copyFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { decideHistory } from '../../src/pipeline/tuning/backtest.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import { everyPage } from '../../src/store/every-page.ts'
import type { Store, StoreReader } from '../../src/store/store.ts'
import { place } from '../support/offtrail.ts'
import {
  type Burst,
  DAY_MS,
  FIRST_DAY_MS,
  insightsOf,
  runOver,
  withStore,
  writeDays,
} from '../support/pipeline-world.ts'
import { BY_CONTRACTOR, sweep } from '../support/reconnaissance.ts'

const { path } = place()
const DAYS = 34
const SCANNER = {
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/scanner/nightly',
  },
  userAgent: 'scanner/3.1',
}
const CALM = { eventName: 'DescribeInstances', readOnly: true }
const DENIED = { eventName: 'GetSecretValue', errorCode: 'AccessDenied' }
const NOON_MS = FIRST_DAY_MS + 20 * DAY_MS + DAY_MS / 2

type DayBursts = readonly Omit<Burst, 'day'>[]

/** What people do: a deployment a day, a burst and a sweep at the end, and a few denied calls. */
const people = (day: number): DayBursts => [
  { minute: 600 + ((day * 37) % 200), count: 4, changes: { eventName: 'RunInstances' } },
  ...(day % 3 === 0 ? [{ minute: 900, count: 2, changes: DENIED }] : []),
  ...(day === 30 ? [{ minute: 800, count: 200, changes: { eventName: 'RunInstances' } }] : []),
  ...(day === 32 ? sweep({ apis: 50, calls: 1, minute: 700 }, BY_CONTRACTOR) : []),
]

/** The same under names that nobody else calls. */
const own = (bursts: DayBursts): DayBursts =>
  bursts.map((burst, at) => ({ ...burst, changes: { ...burst.changes, eventName: `Scan${at}` } }))

/** What a scanner adds from the third day on: every API at noon, some denied, more than all others; its own APIs, too. */
const scanner = (day: number): DayBursts =>
  day < 3
    ? []
    : [
        { minute: 720, count: 300, changes: { ...CALM, ...SCANNER } },
        { minute: 720, count: 40, changes: { ...DENIED, ...SCANNER } },
        { minute: 730, count: 9, changes: { eventName: 'RunInstances', ...SCANNER } },
        { minute: 740, count: 60, changes: { eventName: 'ListScans', readOnly: true, ...SCANNER } },
        ...(day % 5 === 0 ? own(sweep({ apis: 70, calls: 2, minute: 760 }, SCANNER)) : []),
      ]

const RULE = { effect: 'drop-from-counts', principal: '*role/scanner', reason: 'the scanner' }
const ruled = (...suppressions: readonly object[]) => settingsFrom({ suppressions })

beforeAll(async () => {
  writeDays(path('calm'), { from: 0, until: DAYS }, people)
  writeDays(path('both'), { from: 0, until: DAYS }, (day) => [...people(day), ...scanner(day)])
  await withStore(path('calm.db'), (store) => runOver(store, path('calm')))
  await withStore(path('both.db'), (store) => runOver(store, path('both')))
})

/** A copy of the store with the scanner in it, after a run with these settings. */
async function ruledBy<Answer>(
  settings: ReturnType<typeof ruled>,
  use: (store: Store) => Answer | Promise<Answer>,
): Promise<Answer> {
  const file = path(`copy-${Math.abs(JSON.stringify(settings).length)}.db`)
  copyFileSync(path('both.db'), file)
  return withStore(file, async (store) => {
    await runOver(store, path('both'), { settings })
    return use(store)
  })
}

/** Scores by what they are about, those of the days `[from, until)`. */
function scoresOf(store: StoreReader, from = 0, until = Number.MAX_SAFE_INTEGER) {
  const first = FIRST_DAY_MS / DAY_MS
  const isIn = ({ untilWindow }: { readonly untilWindow: number }): boolean => {
    const day = Math.floor((untilWindow - 1) / 288) - first
    return day >= from && day < until
  }
  const all = { account: '111122223333', fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
  const apis = store
    .scores(all)
    .map(
      ({ score, errorCode, series }) => [store.seriesByRef(series)?.id, errorCode, score] as const,
    )
  const sums = store
    .aggregateScores(all.account)
    .map(({ subject, score }) => [subject, '', score] as const)
  return [...apis, ...sums]
    .filter(([, , score]) => isIn(score))
    .map((each) => JSON.stringify(each))
    .sort()
}

const standingsOf = (store: StoreReader) =>
  [...everyPage((page) => store.baselines({}, page))]
    .map(({ series, baseline }) =>
      JSON.stringify([series.id, baseline.errorCode, baseline.standing]),
    )
    .sort()

const calm = <Answer>(use: (store: Store) => Answer): Promise<Answer> =>
  withStore(path('calm.db'), async (store) => use(store))
const both = <Answer>(use: (store: Store) => Answer): Promise<Answer> =>
  withStore(path('both.db'), async (store) => use(store))

describe('a suppression that drops calls from the counts', () => {
  it('has something to drop here', async () => {
    const [one, other] = [await calm(insightsOf), await both(insightsOf)]
    expect(one.length).toBeGreaterThan(2)
    expect(other).not.toEqual(one)
    expect(await calm(scoresOf)).not.toEqual(await both(scoresOf))
  })

  it.each([
    ['the caller', { principal: '*role/scanner' }],
    ['the user agent', { userAgent: 'scanner/*' }],
    ['both', { principal: '*-role/scanner', userAgent: 'scanner/3.?' }],
    ['the caller in the account', { principal: '*role/scanner', account: '1111*' }],
    ['the caller in the Region', { principal: '*role/scanner', region: 'eu-*' }],
    ['the caller of a service', { principal: '*role/scanner', api: 'ec2:*' }],
  ])('judges by %s as if those calls had never been made', async (_, selectors) => {
    const wanted = await calm((store) => ({
      ...{ insights: insightsOf(store), scores: scoresOf(store), standings: standingsOf(store) },
    }))
    const got = await ruledBy(ruled({ ...RULE, principal: undefined, ...selectors }), (store) => ({
      ...{ insights: insightsOf(store), scores: scoresOf(store), standings: standingsOf(store) },
    }))
    expect(got).toEqual(wanted)
  })

  it('drops what matches all it names, and nothing else', async () => {
    const plain = await both(scoresOf)
    for (const selectors of [
      { principal: '*role/scanner', account: '999999999999' },
      { principal: '*role/scanner', region: 'mars-1' },
      { principal: '*role/scanner', userAgent: 'auditor/*' },
      { api: 's3:*' },
    ]) {
      expect(await ruledBy(ruled({ ...RULE, ...selectors }), scoresOf)).toEqual(plain)
    }
    const denied = await ruledBy(
      ruled({ effect: RULE.effect, errorCode: 'Access*', reason: 'x' }),
      (store) =>
        scoresOf(store).filter((each) => each.includes('AccessDenied') || each.includes('denials')),
    )
    expect(denied).toEqual([])
    expect(plain.some((each) => each.includes('AccessDenied'))).toBe(true)
  })
})

describe('what is dropped from the counts', () => {
  it('leaves what was counted alone, and is forgotten when it is taken away', async () => {
    const before = await both((store) => ({ hash: canonicalHash(store), totals: store.totals() }))
    await ruledBy(ruled(RULE), async (store) => {
      expect(store.totals()).toMatchObject({ counted: before.totals.counted, late: 0 })
      expect(canonicalHash(store)).not.toBe(before.hash)
      const again = await runOver(store, path('both'), { settings: ruled(RULE) })
      expect(again.detect.daysScored).toBe(0)
      await runOver(store, path('both'), { settings: ruled() })
      expect(canonicalHash(store)).toBe(before.hash)
    })
  })

  it('comes to the same however history is cut into runs', async () => {
    const whole = await ruledBy(ruled(RULE), canonicalHash)
    await withStore(path('cut.db'), async (store) => {
      for (let day = 0; day < DAYS; day += 1) {
        const file = path('both', `day-${String(day).padStart(2, '0')}.json`)
        await runOver(store, file, { settings: ruled(RULE) })
      }
      expect(canonicalHash(store)).toBe(whole)
    })
  }, 60_000)
})

describe('a rule that drops calls', () => {
  it('holds on the days that its times touch, and makes no fall where it begins nor a rise where it ends', async () => {
    const time = (day: number, hours: number) =>
      new Date(FIRST_DAY_MS + day * DAY_MS + hours * 3_600_000).toISOString()
    const timed = { ...RULE, from: time(12, 14), until: time(24, 1) }
    const parts = async (spans: readonly (readonly [number, number])[], settings = ruled()) =>
      ruledBy(settings, (store) => spans.flatMap(([from, until]) => scoresOf(store, from, until)))
    const outside = [
      [0, 12],
      [25, DAYS],
    ] as const
    expect(await parts(outside, ruled(timed))).toEqual(await parts(outside))
    expect(await parts([[12, 25]], ruled(timed))).toEqual(await parts([[12, 25]], ruled(RULE)))
    const falls = await ruledBy(ruled(timed), (store) =>
      insightsOf(store).filter(({ direction }) => direction === 'down'),
    )
    expect(falls).toEqual([])
    const began = { ...RULE, from: time(12, 14) }
    expect(await parts([[12, DAYS]], ruled(began))).toEqual(await parts([[12, DAYS]], ruled(RULE)))
  })

  it('scores again from its first day on, and only accounts it is about', async () => {
    const days = async (rule: object) => {
      copyFileSync(path('both.db'), path('days.db'))
      return withStore(path('days.db'), async (store) => {
        const { detect } = await runOver(store, path('both'), {
          settings: ruled({ ...RULE, ...rule }),
        })
        return detect.daysScored
      })
    }
    expect(await days({ from: new Date(FIRST_DAY_MS + 30 * DAY_MS).toISOString() })).toBe(DAYS - 30)
    expect(await days({ account: '999999999999' })).toBe(0)
    expect(await days({ from: '2030-01-01T00:00:00Z' })).toBe(0)
    expect(await days({})).toBe(DAYS)
  })

  it('is backtested as a run decides, before any run knows it', async () => {
    const run = await ruledBy(ruled(RULE), insightsOf)
    await both((store) => {
      const byStart = (insights: readonly { readonly id: string }[]) =>
        insights.map(({ id }) => id).sort()
      expect(byStart(decideHistory(store, ruled(RULE)))).toEqual(byStart(run))
      expect(decideHistory(store, ruled())).toHaveLength(insightsOf(store).length)
    })
  })

  it('is named where somebody asks why not', async () => {
    const why = await ruledBy(ruled(RULE), (store) => {
      const { rows } = store.series({ eventName: ['DescribeInstances'] }, { limit: 1, after: null })
      return whyOf(store, ruled(RULE))(rows[0]?.id ?? '', NOON_MS, null)
    })
    expect(why.count).toBe(1)
    expect(why.sentence).toContain('300 that suppressions drop from the counts')
  })
})
