import { describe, expect, it } from 'vitest'
import { type DayExpectation, rarityInAccount, type Score } from '../../models/index.ts'
import { appOver, aSeries, ask, DAY_MS, HOUR_MS, MINUTE_MS, NOW_MS } from '../support/http-world.ts'
import type { Cell } from '../support/memory-reader.ts'

const ID = aSeries(1).id
const TODAY = Math.floor(NOW_MS / DAY_MS)

interface Point {
  readonly time: string
  readonly count: number
  readonly errors?: number
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  readonly score: number | null
}

interface Points {
  readonly period: number
  readonly items: readonly Point[]
}

/** One call a minute in the hour before now, every fifth failing. */
const cells: Cell[] = Array.from({ length: 60 }, (_, index) => ({
  series: 1,
  minute: NOW_MS / MINUTE_MS - 60 + index,
  errorCode: index % 5 === 0 ? 'AccessDenied' : null,
  count: 1,
}))

const expectation: DayExpectation = {
  day: TODAY,
  windowMinutes: 5,
  hourly: Array.from({ length: 24 }, (_, hour) => (hour === 11 ? 60 : 12)),
  withinHour: Array.from({ length: 12 }, () => 1),
  dispersion: [
    { windows: 1, phi: 1, alpha: 0 },
    { windows: 12, phi: 1, alpha: 0.1 },
  ],
}

const windowOf = (timeMs: number): number => timeMs / (5 * MINUTE_MS)

/** A score for the last 15 minutes, whose last 10 are the unusual ones. */
const score: Score = {
  ...{ key: 'k', metric: 'calls', family: 'dense-calls', direction: 'up', count: 15, expected: 3 },
  fromWindow: windowOf(NOW_MS) - 3,
  untilWindow: windowOf(NOW_MS),
  standsUntil: windowOf(NOW_MS),
  unconfirmed: false,
  hotFromWindow: windowOf(NOW_MS) - 2,
  hotUntilWindow: windowOf(NOW_MS),
  ...{ hourly: 60, low: 1, high: 9, surprise: 7.5, peers: 1, firstSeen: false, terms: {} },
}

const world = {
  series: [aSeries(1), aSeries(2, { eventName: '__proto__\n=1' })],
  cells,
  expectations: [{ series: 1, errorCode: null, day: TODAY, expectation }],
  scores: [{ series: 1, errorCode: null, score }],
  accounts: [
    {
      account: '123456789012',
      firstMinute: 0,
      dirtyMinute: null,
      regions: [{ region: 'us-east-1', watermarkMs: NOW_MS, scoredMs: NOW_MS }],
    },
  ],
}

describe('GET /v1/series', () => {
  it('finds series by the names they have, however odd', async () => {
    const app = await appOver(world)
    const { body } = await ask<{ items: readonly object[] }>(
      app,
      `/v1/series?eventName=${encodeURIComponent('__proto__\n=1')}`,
    )
    expect(body.items).toMatchObject([{ id: aSeries(2).id, eventName: '__proto__\n=1' }])
    const one = await ask(app, `/v1/series/${ID}`)
    expect(one.body).toMatchObject({
      id: ID,
      firstTime: '2026-02-01T00:00:00Z',
      lastTime: '2026-03-05T11:59:00Z',
    })
    expect((await ask(app, '/v1/series/constructor')).status).toBe(404)
  })

  it('walks its pages to the end without a gap or a double', async () => {
    const series = Array.from({ length: 25 }, (_, index) =>
      aSeries(index, { eventName: `Api${index}` }),
    )
    const app = await appOver({ series })
    const ids: string[] = []
    let next: string | undefined = '/v1/series?eventSource=ec2&limit=7'
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof ask<{ items: readonly { id: string }[] }>>> = await ask(
        app,
        next,
      )
      ids.push(...page.body.items.map(({ id }) => id))
      next = /^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]
    }
    expect(ids).toEqual(series.map(({ id }) => id))
  })
})

describe('names that would steer a terminal', () => {
  it('are found and answered exactly, but never sent as they are', async () => {
    const eventName = '\u009b2J\u202e\u200b\u{e0041}\u001b]0;x\u0007\ud800"\\'
    const app = await appOver({ series: [aSeries(1, { eventName })] })
    const { text, body } = await ask<{ eventName: string }>(app, `/v1/series/${ID}`)
    expect(body.eventName).toBe(eventName)
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    const refused = await ask(app, '/v1/insights?%E2%80%AE=1')
    expect(refused.text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('GET /v1/series/ID/points', () => {
  const points = async (query: string) => {
    const { status, body } = await ask<Points>(
      await appOver(world),
      `/v1/series/${ID}/points?${query}`,
    )
    expect(status).toBe(200)
    return body
  }
  const total = (items: readonly Point[]) => items.reduce((sum, { count }) => sum + count, 0)

  it('answers the last known day in five minutes, zeros included', async () => {
    const { period, items } = await points('')
    expect([period, items.length, total(items)]).toEqual([300, 288, 60])
    expect(items[0]?.time).toBe('2026-03-04T12:00:00Z')
    expect(items.at(-1)).toEqual({
      ...{
        time: '2026-03-05T11:55:00Z',
        count: 5,
        errors: 1,
        expected: 5,
        score: rarityInAccount(7.5),
      },
      ...{ low: 1, high: 11 },
    })
    expect(items.filter((point) => point.score !== null)).toHaveLength(2)
    expect(items[0]).toMatchObject({ count: 0, expected: null, low: null, high: null, score: null })
  })

  it.each([60, 300, 3600])(
    'counts and expects the same in all, in periods of %d s',
    async (period) => {
      const { items } = await points(
        `period=${period}&from=2026-03-05T11:00:00Z&to=2026-03-05T12:00:00Z`,
      )
      expect(items).toHaveLength(3600 / period)
      expect(total(items)).toBe(60)
      expect(items.reduce((sum, { expected }) => sum + (expected ?? 0), 0)).toBeCloseTo(60, 9)
      for (const { low, expected, high } of items) {
        expect(low ?? 99).toBeLessThanOrEqual(expected ?? 0)
        expect(high ?? 0).toBeGreaterThanOrEqual(expected ?? 99)
      }
    },
  )

  it('leaves out quiet points with fill=nonzero, and counts one error code alone', async () => {
    expect((await points('fill=nonzero')).items).toHaveLength(12)
    const denied = await points('errorCode=AccessDenied&fill=nonzero&period=60')
    expect(denied.items).toHaveLength(12)
    expect(denied.items[0]).toEqual({
      ...{ time: '2026-03-05T11:00:00Z', count: 1 },
      ...{ expected: null, low: null, high: null, score: null },
    })
    expect(total((await points('errorCode=Nobody&from=1h')).items)).toBe(0)
  })

  it('widens a span to whole periods', async () => {
    const { items } = await points('period=3600&from=2026-03-05T10:20:00Z&to=2026-03-05T11:01:00Z')
    expect(items.map(({ time }) => time)).toEqual(['2026-03-05T10:00:00Z', '2026-03-05T11:00:00Z'])
  })

  it('refuses a moment that no day comes before', async () => {
    const url = `/v1/series/${ID}/points?to=-271821-04-20T00:00:00Z`
    const { status, body } = await ask<{ type: string }>(await appOver(world), url)
    expect([status, body.type]).toEqual([400, '/problems/USAGE'])
  })

  it('says what to ask instead of more than 10 000 points', async () => {
    const app = await appOver(world)
    const { status, body } = await ask<{ detail: string }>(
      app,
      `/v1/series/${ID}/points?from=2026-01-01&to=2026-03-01`,
    )
    expect(status).toBe(400)
    expect(body.detail).toMatch(/16992 points.*at most 34 days at a time, or for period=3600/)
    const longest = await ask<Points>(
      app,
      `/v1/series/${ID}/points?from=${longestFrom}&period=3600`,
    )
    expect(longest.body.items).toHaveLength(10_000)
  })
})

const longestFrom = new Date(NOW_MS - 10_000 * HOUR_MS).toISOString()
