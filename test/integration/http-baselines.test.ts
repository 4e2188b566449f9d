import { describe, expect, it } from 'vitest'
import type { Baseline, Standing } from '../../models/index.ts'
import { appOver, aSeries, ask, DAY_MS, NOW_MS } from '../support/http-world.ts'

const TODAY = Math.floor(NOW_MS / DAY_MS)

const tail = { from: Math.LN10, scale: 1 }
/** Hour h of the week expects h calls: Monday 10:00 is hour 10, Tuesday 10:00 hour 34. */
const baseline: Baseline = {
  ...{ day: TODAY, windowMinutes: 5, observedDays: 28, calls: 56_000 },
  hourOfWeek: Array.from({ length: 168 }, (_, hour) => hour),
  withinHour: Array.from({ length: 12 }, () => 1),
  dispersion: [{ windows: 12, phi: 1.5, alpha: 0.01, rise: tail, fall: tail }],
  level: { rise: 1, fall: 1, before: 1, settled: true },
  share: null,
}
const dense: Standing = { kind: 'dense', baseline }
const sparse: Standing = { kind: 'sparse' }
const learning: Standing = { kind: 'learning', seenDays: 4, neededDays: 10 }

const yesterday = {
  ...{ day: TODAY - 1, windowMinutes: 5, dispersion: [{ windows: 12, phi: 1.5, alpha: 0.01 }] },
  hourly: Array.from({ length: 24 }, () => 7),
  withinHour: baseline.withinHour,
}

const law = { bursts: 120, perWeek: 33, location: 1.1, spread: 1.2, within: 0.7, between: 0.7 }

const world = {
  series: [
    aSeries(1),
    aSeries(2, { eventName: 'CreateVpc' }),
    aSeries(3, { eventName: 'NewApi', account: '111122223333' }),
    aSeries(4, { eventName: 'NeverScored' }),
  ],
  baselines: [
    { series: 1, errorCode: null, standing: dense },
    { series: 1, errorCode: 'AccessDenied', standing: sparse },
    { series: 2, errorCode: null, standing: sparse },
    { series: 3, errorCode: null, standing: learning },
  ],
  expectations: [{ series: 1, errorCode: null, day: TODAY - 1, expectation: yesterday }],
  accounts: [
    {
      account: '123456789012',
      firstMinute: (TODAY - 60) * 1_440,
      dirtyMinute: null,
      regions: [{ region: 'us-east-1', watermarkMs: NOW_MS, scoredMs: NOW_MS }],
    },
  ],
  laws: [
    {
      account: '123456789012',
      day: TODAY - 3,
      law: { calls: law, errors: law },
    },
  ],
}

interface Slot {
  readonly weekday: string
  readonly hour: number
  readonly expected: number
  readonly low: number
  readonly high: number
}

interface Item {
  readonly eventName: string
  readonly standing: string
  readonly sentence: string
  readonly slot?: Slot
}

interface Whole extends Item {
  readonly asOf: string
  readonly observedDays: number | null
  readonly profile: readonly Slot[]
  readonly dispersion: readonly object[]
  readonly law: { readonly smallestNoticed: number; readonly burstsPerWeek: number } | null
}

const one = async (ref: number, query = '') =>
  ask<Whole>(await appOver(world), `/v1/baselines/${aSeries(ref).id}?${query}`)

describe('GET /v1/baselines', () => {
  it('says of each API where it stands and what is normal', async () => {
    const { body } = await ask<{ items: readonly Item[] }>(await appOver(world), '/v1/baselines')
    expect(body.items.map(({ eventName, standing }) => [eventName, standing])).toEqual([
      ['RunInstances', 'dense'],
      ['RunInstances', 'sparse'],
      ['CreateVpc', 'sparse'],
      ['NewApi', 'learning'],
    ])
    expect(body.items[0]?.sentence).toMatch(
      /^Calls of ec2 RunInstances: about 14028 expected a week, learned from 28 days; the busiest hour: Sundays at 23:00 UTC 167 /,
    )
    expect(body.items[1]?.sentence).toMatch(/^AccessDenied of ec2 RunInstances: too rare/)
    expect(body.items[3]?.sentence).toMatch(/: new, 10 more days .*; nothing was scored yet\.$/)
    expect(body.items[0]).not.toHaveProperty('slot')
  })

  it('answers what is normal for ec2 RunInstances on Mondays at 10:00 in one request', async () => {
    const url = '/v1/baselines?eventSource=ec2&eventName=RunInstances&weekday=Monday&hour=10'
    const { body } = await ask<{ items: readonly Item[] }>(await appOver(world), url)
    expect(body.items[0]?.slot).toMatchObject({ weekday: 'Monday', hour: 10, expected: 10 })
    expect(body.items[0]?.sentence).toMatch(
      /^Calls of ec2 RunInstances: Mondays at 10:00 UTC 10 are expected in the hour, \d+ to \d+ are normal, learned from 28 days\.$/,
    )
    expect(body.items[1]).not.toHaveProperty('slot')
  })
})

describe('GET /v1/baselines/ID', () => {
  it('answers the whole week of a dense series', async () => {
    const { body } = await one(1)
    expect(body).toMatchObject({
      standing: 'dense',
      observedDays: 28,
      law: null,
      asOf: '2026-03-05T00:00:00Z',
    })
    expect(body.profile).toHaveLength(168)
    expect(body.profile.map(({ expected }) => expected)).toEqual(
      baseline.hourOfWeek.map((hour) => expect.closeTo(hour, 9)),
    )
    expect(body.profile[34]).toMatchObject({ weekday: 'Tuesday', hour: 10 })
    for (const { low, expected, high } of body.profile) {
      expect(low).toBeLessThanOrEqual(expected)
      expect(high).toBeGreaterThanOrEqual(expected)
    }
    expect(body.dispersion).toEqual([{ minutes: 60, phi: 1.5, alpha: 0.01 }])
  })

  it('answers the hours asked for alone', async () => {
    expect((await one(1, 'weekday=Monday&hour=10')).body.profile).toMatchObject([
      { weekday: 'Monday', hour: 10 },
    ])
    expect((await one(1, 'weekday=Friday')).body.profile).toHaveLength(24)
    expect((await one(1, 'hour=0')).body.profile.map(({ weekday }) => weekday)).toHaveLength(7)
  })

  it('answers the law that judges a sparse series, with the smallest burst it would notice', async () => {
    for (const [ref, query] of [
      [2, ''],
      [1, 'errorCode=AccessDenied'],
    ] as const) {
      const { body } = await one(ref, query)
      expect(body).toMatchObject({ standing: 'sparse', profile: [], law: { burstsPerWeek: 33 } })
      expect(body.law?.smallestNoticed).toBeGreaterThan(4)
      expect(body.sentence).toContain(
        `that ${body.law?.smallestNoticed} in one burst would be reported`,
      )
    }
  })

  it('lays the overrides of a series over the smallest burst it would notice', async () => {
    const noticed = async (overrides: readonly object[]) => {
      const app = await appOver(world, {}, { detection: { overrides } })
      return (await ask<Whole>(app, `/v1/baselines/${aSeries(2).id}`)).body.law?.smallestNoticed
    }
    const floors = { calls: 90 }
    expect(await noticed([{ api: 'ec2:CreateVpc', floors }])).toBe(90)
    expect(await noticed([{ api: 's3:*', floors }])).toBe(await noticed([]))
    expect(await noticed([])).toBeLessThan(90)
  })

  it('answers as it was on a day of the past', async () => {
    const past = await one(1, 'at=2026-03-04T13:00:00Z')
    expect(past.body).toMatchObject({
      standing: 'dense',
      asOf: '2026-03-04T00:00:00Z',
      observedDays: null,
    })
    expect(past.body.profile).toHaveLength(24)
    expect(past.body.profile[10]).toMatchObject({
      weekday: 'Wednesday',
      hour: 10,
      expected: expect.closeTo(7, 9),
    })
    const before = await one(1, 'at=10d')
    expect(before.body).toMatchObject({ standing: 'sparse', law: null, profile: [] })
  })

  it('says so when nothing is known of a series, and when there is none', async () => {
    const unscored = await one(4)
    expect([unscored.status, unscored.text]).toEqual([
      409,
      expect.stringContaining('was never scored'),
    ])
    expect((await one(2, 'errorCode=Odd')).status).toBe(409)
    expect((await ask(await appOver(world), '/v1/baselines/none')).status).toBe(404)
  })
})
