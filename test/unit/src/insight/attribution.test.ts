import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ActorCounts,
  type AttributionQuestion,
  attributionsOf,
} from '../../../../src/insight/attribution.ts'

const nobody: ActorCounts = {
  identity: new Map(),
  agent: new Map(),
  errorCode: new Map(),
  resource: new Map(),
}
const someone: ActorCounts = {
  identity: new Map([['role', 3]]),
  agent: new Map([['cli', 3]]),
  errorCode: new Map([[null, 3]]),
  resource: new Map([['bucket', 3]]),
}
const question: AttributionQuestion = {
  insight: someone,
  insightMinutes: 5,
  baseline: nobody,
  baselineMinutes: 11336,
  insightType: 'ApiCallRateInsight',
  category: 'Management',
}
const attributesOf = (differences: Partial<AttributionQuestion>) =>
  attributionsOf({ ...question, ...differences }).map(({ attribute }) => attribute)

describe('attributionsOf', () => {
  it('reproduces the published example of three roles against a quiet week', () => {
    const role = (number: number) =>
      `arn:aws:sts::012345678901:assumed-role/CodeDeployRole${number}`
    const roles = new Map([3, 1, 2].map((number) => [role(number), 1]))
    const insight = { ...someone, identity: roles }
    const baseline = {
      ...nobody,
      identity: new Map([[role(1), 1]]),
      errorCode: new Map([[null, 1]]),
    }
    const [identities, agents, codes, ...more] = attributionsOf({ ...question, insight, baseline })
    expect(identities).toEqual({
      attribute: 'userIdentityArn',
      insight: [1, 2, 3].map((number) => ({ value: role(number), average: 0.2 })),
      baseline: [{ value: role(1), average: 0.0000882145 }],
    })
    expect(agents?.baseline).toEqual([])
    expect(codes).toEqual({
      attribute: 'errorCode',
      insight: [{ value: 'null', average: 0.6 }],
      baseline: [{ value: 'null', average: 0.0000882145 }],
    })
    expect(more).toEqual([])
  })

  it('shows error codes on call rates only, and resources on data events only', () => {
    expect(attributesOf({})).toEqual(['userIdentityArn', 'userAgent', 'errorCode'])
    expect(attributesOf({ category: 'Data' })).toEqual([
      'userIdentityArn',
      'userAgent',
      'errorCode',
      'resourceArn',
    ])
    expect(attributesOf({ insightType: 'ApiErrorRateInsight', category: 'Data' })).toEqual([
      'userIdentityArn',
      'userAgent',
      'resourceArn',
    ])
  })

  it('leaves out a block where either side has more values than are counted', () => {
    expect(attributesOf({ insight: { ...someone, agent: null } })).not.toContain('userAgent')
    expect(attributesOf({ baseline: { ...nobody, identity: null } })).not.toContain(
      'userIdentityArn',
    )
  })

  it('leaves out a block with no value on either side, and keeps one with only a baseline', () => {
    expect(attributesOf({ insight: { ...someone, agent: new Map() } })).not.toContain('userAgent')
    const silent = attributionsOf({ ...question, insight: nobody, baseline: someone })
    expect(silent.map(({ insight }) => insight)).toEqual([[], [], []])
  })

  it('joins success with an error code that is called null', () => {
    const errorCode = new Map([
      [null, 2],
      ['null', 3],
    ])
    const codes = attributionsOf({ ...question, insight: { ...someone, errorCode } })[2]
    expect(codes?.insight).toEqual([{ value: 'null', average: 1 }])
  })
})

describe('the values of one block', () => {
  it('lists at most five values by falling average, equal ones by code point, none twice', () => {
    const counts = fc.uniqueArray(fc.tuple(fc.string(), fc.nat(4)), { selector: ([name]) => name })
    fc.assert(
      fc.property(counts, (entries) => {
        const agent = new Map(entries)
        const listed =
          attributionsOf({ ...question, insight: { ...someone, agent } }).find(
            ({ attribute }) => attribute === 'userAgent',
          )?.insight ?? []
        const made = entries.filter(([, count]) => count > 0)
        expect(listed).toHaveLength(Math.min(5, made.length))
        const ranks = listed.map(({ value, average }) => ({ value, average }))
        const sorted = ranks.toSorted(
          (a, b) => b.average - a.average || (a.value < b.value ? -1 : 1),
        )
        expect(ranks).toEqual(sorted)
        const least = Math.min(...listed.map(({ value }) => agent.get(value) ?? 0))
        const names = new Set(listed.map(({ value }) => value))
        expect(names.size).toBe(listed.length)
        for (const [name, count] of made)
          if (!names.has(name)) expect(count).toBeLessThanOrEqual(least)
      }),
    )
  })
})
