import { describe, expect, it } from 'vitest'
import { dominantOf } from '../../../../benchmarks/quality/accounts/entrants/principal.ts'
import { equalNoise } from '../../../../benchmarks/quality/accounts/measure/equal-noise.ts'
import { noiseOf } from '../../../../benchmarks/quality/accounts/measure/noise.ts'
import { catchesOf, recallsOf } from '../../../../benchmarks/quality/accounts/measure/recall.ts'
import { gather } from '../../../../benchmarks/quality/accounts/measure/reported.ts'
import { labelOn, reportedOn, workOf } from './small-account.ts'

describe('noiseOf', () => {
  const incidents = gather([
    reportedOn({ id: 'a', startWindow: 10, purse: 'pool calls', surprise: 1, principal: 'user/a' }),
    reportedOn({ id: 'b', startWindow: 12, purse: 'errors', surprise: 2, principal: 'user/a' }),
    reportedOn({ id: 'c', startWindow: 500, purse: 'pool calls', surprise: 1 }),
  ])

  it('counts incidents, not anomalies, per account-week', () => {
    const { pooled, byKind } = noiseOf([
      { kind: 'team', fromWindow: 0, weeks: 2, incidents },
      { kind: 'people', fromWindow: 0, weeks: 2, incidents: [] },
    ])
    expect(pooled).toMatchObject({ incidents: 2, weeks: 4, perWeek: 0.5 })
    expect(byKind.get('people')).toMatchObject({ incidents: 0, perWeek: 0 })
  })

  it('charges an incident to the purse of its most surprising member', () => {
    const { byPurse } = noiseOf([{ kind: 'team', fromWindow: 0, weeks: 1, incidents }])
    expect(byPurse.get('errors')?.incidents).toBe(1)
    expect(byPurse.get('pool calls')?.incidents).toBe(1)
  })

  it("counts by the account's age when they began, per week of that age", () => {
    const late = gather([reportedOn({ id: 'd', startWindow: 3 * 2016 })])
    const { byAge } = noiseOf([
      { kind: 'team', fromWindow: 0, weeks: 3.5, incidents: [...incidents, ...late] },
    ])
    expect(byAge.get('first week')).toMatchObject({ incidents: 2, weeks: 1 })
    expect(byAge.get('weeks 2-4')).toMatchObject({ incidents: 1, weeks: 2.5 })
    expect(byAge.get('later')).toMatchObject({ incidents: 0, weeks: 0 })
  })
})

describe('catchesOf', () => {
  const label = labelOn({ startWindow: 100, endWindow: 110, keys: ['api'], principal: 'user/x' })

  it.each([
    { why: 'a rise in its span', caught: 6, about: { startWindow: 104, detectedWindow: 106 } },
    { why: 'a long window over it', caught: 20, about: { startWindow: 20, detectedWindow: 120 } },
    {
      why: 'a rise in the hour after',
      caught: 22,
      about: { startWindow: 121, detectedWindow: 122 },
    },
    { why: 'a rise later', caught: null, about: { startWindow: 122, detectedWindow: 123 } },
    { why: 'what was seen before', caught: null, about: { startWindow: 90, detectedWindow: 100 } },
    {
      why: 'a fall',
      caught: null,
      about: { startWindow: 104, detectedWindow: 106, direction: 'down' as const },
    },
    {
      why: 'another API',
      caught: null,
      about: { startWindow: 104, detectedWindow: 106, key: 'other' },
    },
    {
      why: 'an aggregate with the attacker behind it',
      caught: 6,
      about: {
        startWindow: 104,
        detectedWindow: 106,
        key: 'all',
        isAggregate: true,
        principal: 'user/x',
      },
    },
    {
      why: 'an aggregate with another behind it',
      caught: null,
      about: {
        startWindow: 104,
        detectedWindow: 106,
        key: 'all',
        isAggregate: true,
        principal: 'user/y',
      },
    },
  ])('counts $why as delay $caught', ({ caught, about }) => {
    const [found] = catchesOf([label], [reportedOn({ key: 'api', ...about })])
    expect(found?.delay).toBe(caught)
  })

  it('takes the first of several finds', () => {
    const finds = [130, 107, 109].map((detectedWindow) =>
      reportedOn({ key: 'api', startWindow: 105, detectedWindow }),
    )
    expect(catchesOf([label], finds)[0]?.delay).toBe(7)
  })
})

describe('recallsOf', () => {
  it('tells the share caught and the median delay by kind', () => {
    const recalls = recallsOf([
      { kind: '3x level', delay: 12 },
      { kind: '3x level', delay: 36 },
      { kind: '3x level', delay: null },
      { kind: '3x again', delay: null },
    ])
    expect(recalls.get('3x level')).toEqual({ labels: 3, caught: 2, medianHours: 1 })
    expect(recalls.get('3x again')).toEqual({ labels: 1, caught: 0, medianHours: null })
  })
})

describe('equalNoise', () => {
  it('finds the knob that makes as much noise as asked, or the next less', () => {
    const knob = equalNoise((at) => Math.floor(10 / at), 3, { low: 0.5, high: 100 })
    expect(Math.floor(10 / knob)).toBe(3)
    expect(knob).toBeCloseTo(2.5, 6)
  })
})

describe('dominantOf', () => {
  const work = workOf([
    { window: 288 * 8 + 1, who: 0, count: 8 },
    { window: 288 * 8 + 1, who: 1, count: 2 },
    ...Array.from({ length: 288 * 8 }, (_, window) => ({ window, who: 1, count: 3 })),
  ])
  const [series] = work.series
  const blamed = (startWindow: number, endWindow: number, direction: 'up' | 'down') =>
    series && dominantOf(work, { tallied: series.calls, startWindow, endWindow, direction })

  it('blames who made most of the excess over the week before', () => {
    expect(blamed(288 * 8 + 1, 288 * 8 + 2, 'up')).toBe('user/0')
  })

  it('blames who is missing in a fall', () => {
    expect(blamed(288 * 8 + 2, 288 * 8 + 20, 'down')).toBe('user/1')
  })

  it('blames nobody where there is no excess', () => {
    expect(blamed(288 * 8 + 2, 288 * 8 + 20, 'up')).toBeNull()
  })
})
