import { describe, expect, it } from 'vitest'
import { type Settings, settingsFrom } from '../../src/base/settings.ts'
import { isAlarm } from '../../src/insight/insight.ts'
import { extraCalls, type IncidentKind } from '../../src/pipeline/injection/incident.ts'
import { type InjectAsk, inject } from '../../src/pipeline/injection/inject.ts'
import { unseenApi } from '../../src/pipeline/injection/targets.ts'
import { outlookOf } from '../../src/pipeline/outlook.ts'
import type { Store } from '../../src/store/store.ts'
import { DEFAULTS, insightsOf, listing, runOver } from '../support/pipeline-world.ts'
import {
  at,
  type CallParts,
  jobCalls,
  type MadeCall,
  trafficCalls,
  trailFiles,
} from '../support/scenario-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const DAYS = 34
const MINUTE_MS = 60_000
const iso = (atMs: number) => new Date(atMs).toISOString()
const DENIED = 'AccessDenied'
const busy = (place: number): CallParts => ({
  ...{ eventName: 'GetBucketAcl', eventSource: 's3.amazonaws.com', readOnly: true },
  ...(place % 9 === 0 ? { errorCode: DENIED } : {}),
})

/** A busy API that fails now and then, a poller beside it, and an API that is called by hand. */
const HISTORY: readonly MadeCall[] = [
  ...trafficCalls(
    { perHour: () => 20, spread: 'random', parts: (_, __, place) => busy(place) },
    { days: DAYS, seed: 3 },
  ),
  ...trafficCalls(
    {
      perHour: () => 6,
      spread: 'even',
      parts: () => ({ eventName: 'DescribeInstances', readOnly: true }),
    },
    { days: DAYS, seed: 1 },
  ),
  ...[3, 9, 16, 24].flatMap((day) =>
    jobCalls(at(day, 10 + (day % 5)), { count: 3, everyS: 40 }, { eventName: 'RunInstances' }),
  ),
]

async function storeOf(calls: readonly MadeCall[], settings = DEFAULTS): Promise<Store> {
  const store = memoryStore()
  await runOver(store, listing(trailFiles(calls)), { settings })
  return store
}

interface Case {
  readonly kind: IncidentKind
  readonly size: number
  readonly atMs: number
  readonly parts: CallParts
}

/** History as trail files would tell it with the incident in them. */
function withIncident({ kind, size, atMs, parts }: Case): readonly MadeCall[] {
  const { eventName } = parts
  if (kind === 'drop') {
    const isGone = ({ timeMs, parts: own }: MadeCall) =>
      own.eventName === eventName && timeMs >= atMs && timeMs < atMs + 360 * MINUTE_MS
    return HISTORY.filter((call) => !isGone(call))
  }
  const calls = extraCalls({ kind, size }, 5).flatMap((count, window) =>
    Array.from({ length: count }, (_, place): MadeCall => {
      const timeMs = atMs + window * 5 * MINUTE_MS + (place % 300) * 1000
      return { timeMs, parts: { ...parts, ...(kind === 'errors' && { errorCode: DENIED }) } }
    }),
  )
  return [...HISTORY, ...calls]
}

const seriesIn = (store: Store, eventName: string) =>
  store.series({ eventName: [eventName] }, { limit: 1, after: null }).rows[0] ??
  unseenApi(
    store,
    { eventSource: 'ec2.amazonaws.com', eventName },
    { account: undefined, region: undefined },
  )

/** Whether and how a run over trail files with the incident in them would have told of it. */
async function runWith({ kind, atMs, parts, ...rest }: Case, settings: Settings): Promise<object> {
  const store = await storeOf(withIncident({ kind, atMs, parts, ...rest }), settings)
  const [first] = insightsOf(store)
    .filter(isAlarm)
    .filter(({ eventName, direction, detectedMs }) => {
      const isAbout = eventName === parts.eventName && (direction === 'down') === (kind === 'drop')
      return isAbout && detectedMs > atMs
    })
    .sort((one, other) => one.detectedMs - other.detectedMs || other.score - one.score)
  store.close()
  if (first === undefined) return { found: 0, delayMinutes: null, severity: null, score: null }
  return {
    found: 1,
    delayMinutes: (first.detectedMs - atMs) / MINUTE_MS,
    severity: first.severity,
    score: first.score,
  }
}

const BUSY = busy(1)
const RARE = { eventName: 'RunInstances' }
const CASES: readonly Case[] = [
  { kind: 'burst', size: 60, atMs: at(31, 14), parts: RARE },
  { kind: 'burst', size: 6, atMs: at(31, 14), parts: RARE },
  { kind: 'burst', size: 40, atMs: at(30, 23, 55), parts: { eventName: 'CreateUser' } },
  { kind: 'burst', size: 60, atMs: at(31, 3, 20), parts: BUSY },
  { kind: 'steady', size: 25, atMs: at(30, 21), parts: BUSY },
  { kind: 'steady', size: 8, atMs: at(30, 20, 30), parts: RARE },
  { kind: 'ramp', size: 40, atMs: at(30, 6), parts: BUSY },
  { kind: 'errors', size: 25, atMs: at(31, 9), parts: BUSY },
  { kind: 'errors', size: 15, atMs: at(31, 9), parts: RARE },
  { kind: 'drop', size: 100, atMs: at(31, 9), parts: BUSY },
]

/** Two hours of every night teach nothing. */
const CALENDAR = settingsFrom({
  calendars: [
    {
      ...{ name: 'nights', skip: ['learning'], reason: 'backups' },
      events: [{ start: iso(at(4, 2)), end: iso(at(4, 4)), repeats: 'FREQ=DAILY' }],
    },
  ],
})

describe('an incident planted in memory', () => {
  it.each([
    ['', DEFAULTS, CASES, [1, 0, 1, 1, 1, 1, 1, 1, 1, 1]],
    [', where a calendar skips learning', CALENDAR, CASES.slice(2, 4), [1, 1]],
  ])(
    'is found as a run finds it in trail files: as soon, as loud, with the same score%s',
    async (_, settings, cases, expected) => {
      const store = await storeOf(HISTORY, settings)
      const before = [store.version(), insightsOf(store).length]
      const found: number[] = []
      for (const each of cases) {
        const { kind, size, atMs, parts } = each
        const ask: InjectAsk = {
          ...{ apis: [seriesIn(store, parts.eventName)], kinds: [kind], sizesOf: () => [size] },
          ...{ errorCode: kind === 'errors' ? DENIED : null, moments: [atMs], repeats: 1, seed: 1 },
        }
        const [answer] = [...inject(store, settings, ask)]
        const tried = answer?.kinds[0]?.sizes[0]
        expect({ each, ...tried }).toMatchObject({ each, ...(await runWith(each, settings)) })
        found.push(tried?.found ?? 0)
      }
      expect(found).toEqual(expected)
      expect([store.version(), insightsOf(store).length]).toEqual(before)
      store.close()
    },
    300_000,
  )
})

describe('the smallest burst that is found', () => {
  const burstOf = (store: Store, changes: Partial<InjectAsk> = {}): InjectAsk => ({
    ...{ apis: [seriesIn(store, 'CreateUser')], kinds: ['burst'], sizesOf: () => [] },
    ...{ errorCode: null, moments: [], repeats: 20, seed: 1, ...changes },
  })
  const smallestIn = (store: Store, settings = DEFAULTS, changes: Partial<InjectAsk> = {}) =>
    [...inject(store, settings, burstOf(store, changes))].map(
      ({ kinds }) => kinds[0]?.smallest?.size ?? 0,
    )

  it('is no larger than a run promises of an API that was quiet for 28 days, and larger for one never called', async () => {
    const quiet = jobCalls(at(3, 12), { count: 2 }, { eventName: 'CreateVpc' })
    const store = await storeOf([...HISTORY, ...quiet])
    const [usual, strict] = [2, 0.1].map((account) => {
      const settings = settingsFrom({ alarmBudget: { account } })
      const [promised] = outlookOf(store, settings).smallestBurst
      const apis = [seriesIn(store, 'CreateVpc'), seriesIn(store, 'CreateUser')]
      const [found, unseen] = smallestIn(store, settings, { apis, moments: [at(33, 12)] })
      return { found: found ?? 0, promised: promised?.calls ?? 0, unseen: unseen ?? 0 }
    })
    // The floor of calls is what holds all of them back.
    expect(usual).toEqual({ found: 10, promised: 10, unseen: 10 })
    // The promise is kept however a burst is spread.
    expect(strict?.found).toBeLessThanOrEqual(strict?.promised ?? 0)
    expect(strict?.unseen).toBeGreaterThan(strict?.promised ?? 0)
    store.close()
  }, 60_000)

  it('follows what decides: floors, overrides, suppressions, calendars, selectors', async () => {
    const store = await storeOf(HISTORY)
    const api = 'ec2:CreateUser'
    expect(smallestIn(store, settingsFrom({ floors: { calls: 60 } }))).toEqual([60])
    const overrides = [{ api, floors: { calls: 80 } }]
    expect(smallestIn(store, settingsFrom({ overrides }))).toEqual([80])
    const rule = { api, reason: 'known' }
    expect(smallestIn(store, settingsFrom({ suppressions: [rule] }))).toEqual([0])
    const year = { start: iso(at(0, 0)), end: iso(at(365, 0)) }
    const calendar = { name: 'freeze', api, skip: ['result'], reason: 'known', events: [year] }
    expect(smallestIn(store, settingsFrom({ calendars: [calendar] }))).toEqual([0])
    const others = { ...rule, principal: 'arn:*' }
    expect(smallestIn(store, settingsFrom({ suppressions: [others] }))).toEqual(smallestIn(store))
    const reads = { apis: [seriesIn(store, 'GetBucketAcl')] }
    expect(smallestIn(store, settingsFrom({ profile: 'insights' }), reads)).toEqual([0])
    store.close()
  }, 60_000)

  it('is not looked for where an anomaly stands, unless a moment is named', async () => {
    const burst = jobCalls(at(31, 12), { count: 300 }, { eventName: 'CreateUser' })
    const store = await storeOf([...HISTORY, ...burst])
    const moments = (changes: Partial<InjectAsk>) =>
      [...inject(store, DEFAULTS, burstOf(store, changes))].flatMap((answer) => answer.moments)
    const drawn = moments({ repeats: 60 })
    expect(drawn.every(({ disturbed }) => !disturbed)).toBe(true)
    expect(drawn.filter(({ atMs }) => atMs > at(30, 9) && atMs < at(31, 15))).toEqual([])
    expect(moments({ moments: [at(31, 13)] })).toEqual([{ atMs: at(31, 13), disturbed: true }])
    store.close()
  }, 60_000)
})
