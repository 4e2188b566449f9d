import { describe, expect, it } from 'vitest'
import {
  type AggregateSentence,
  aggregateSentence,
} from '../../../../src/insight/aggregate-sentence.ts'

const parts: AggregateSentence = {
  ...{ kind: 'newcomers', scope: 'principal', count: 62, minutes: 20, apiCount: 62 },
  ...{ normal: { fewerThan: 18 }, slot: null, score: Math.log(30.5) },
  principal: { value: 'arn:aws:iam::111122223333:user/contractor', share: 1, isNew: false },
}
const inRegion = { scope: 'region', principal: null } as const

describe('aggregateSentence', () => {
  it.each([
    [{}, '62 APIs new to user/contractor in 20 minutes'],
    [inRegion, '62 APIs called for the first time in 20 minutes'],
    [{ ...inRegion, count: 1, minutes: 60 }, '1 API called for the first time in 1 hour'],
    [
      { kind: 'denials', apiCount: 25 },
      '62 denied calls of 25 APIs by user/contractor in 20 minutes',
    ],
    [{ ...inRegion, kind: 'denials', apiCount: 1 }, '62 denied calls of 1 API in 20 minutes'],
    [{ kind: 'distinct' }, '62 different APIs by user/contractor in 20 minutes'],
    [{ ...inRegion, kind: 'distinct' }, '62 different APIs in 20 minutes'],
    [
      { ...inRegion, kind: 'distinct', minutes: 180 },
      '62 different APIs (each once an hour) in 3 hours',
    ],
  ] as const)('says of %j how much it was: %s', (changes, words) => {
    expect(aggregateSentence({ ...parts, ...changes })).toBe(
      `${words}; fewer than 18 are normal; once in 30 weeks`,
    )
  })

  it('says who stands behind the sum of everybody, and when it is normal', () => {
    const principal = { value: 'arn:aws:iam::111122223333:user/mallory', share: 0.996, isNew: true }
    const normal = { low: 3, high: 12 }
    const whole = { ...inRegion, kind: 'denials', principal, normal } as const
    expect(aggregateSentence({ ...parts, ...whole, slot: 'on Mondays at 10:00 UTC' })).toBe(
      '62 denied calls of 62 APIs in 20 minutes; between 3 and 12 are normal on Mondays at 10:00 UTC; once in 30 weeks; 99 % by user/mallory',
    )
    expect(
      aggregateSentence({ ...parts, ...whole, slot: null, principal: { ...principal, share: 1 } }),
    ).toMatch(/; 100 % by user\/mallory$/)
  })
})
