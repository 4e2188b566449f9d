import { describe, expect, it } from 'vitest'
import type { Insight } from '../../../../../src/insight/insight.ts'
import { newSums } from '../../../../../src/pipeline/aggregates/aggregate-insights.ts'
import { anInsight, START_MS } from '../../../../support/insights.ts'

const WINDOW_MS = 300_000

type Kind = NonNullable<Insight['aggregate']>['kind']

function sumOf(
  kind: Kind,
  { scope = 'principal', count = 60, ...rest }: Partial<Insight> & SumRest = {},
): Insight {
  const { trigger, ...insight } = anInsight({ principal: 'user/a', ...rest })
  const aggregate = { kind, scope, apiCount: count, topApis: [] } as const
  return { ...insight, trigger: { ...trigger, count }, aggregate }
}
interface SumRest {
  readonly scope?: 'region' | 'principal'
  readonly count?: number
}

describe('newSums', () => {
  it("tells a caller's sweep once, by what is more surprising of it", () => {
    const all = sumOf('distinct', { peakScore: 9 })
    const fresh = sumOf('newcomers', { peakScore: 4, count: 40 })
    expect(newSums([all, fresh], [], WINDOW_MS)).toEqual([all])
    const odder = { ...fresh, peakScore: 12 }
    expect(newSums([all, odder], [], WINDOW_MS)).toEqual([odder])
  })

  it.each([
    ['few of the APIs are new', { count: 20 }],
    ['another caller found new ones', { principal: 'user/b' }],
    ['they came at another time', { startMs: START_MS + 3_600_000, endMs: START_MS + 7_200_000 }],
  ])('tells both where %s', (_, rest) => {
    const both = [sumOf('distinct'), sumOf('newcomers', { peakScore: 4, ...rest })]
    expect(newSums(both, [], WINDOW_MS)).toEqual(both)
  })

  it("leaves a Region's different APIs to the caller's own", () => {
    const own = sumOf('distinct')
    const others = sumOf('distinct', { scope: 'region', principal: null })
    expect(newSums([sumOf('distinct', { scope: 'region' }), own, others], [], WINDOW_MS)).toEqual([
      own,
      others,
    ])
  })
})
