import { describe, expect, it } from 'vitest'
import type { Exclusion } from '../../../../../src/web/api/answers.ts'
import { excludedBands, gapBands, kindsIn } from '../../../../../src/web/series/bands.ts'

const one: Exclusion = {
  ...{ kind: 'calendar', title: 'backup', reason: 'nightly', skip: ['result'], only: {} },
  ...{ startTime: '2026-03-04T02:00:00Z', endTime: '2026-03-04T03:00:00Z' },
}
const suppression = { ...one, kind: 'suppression', title: null } as const

describe('bands', () => {
  it('tell apart what is not reported, not learned from, neither, and suppressed', () => {
    const kinds = excludedBands([
      one,
      { ...one, skip: ['learning'] },
      { ...one, skip: ['result', 'learning'] },
      suppression,
      { ...suppression, skip: ['result', 'learning'] },
      { ...suppression, only: { principal: 'arn:aws:iam::123456789012:role/deploy' } },
    ]).map(({ kind }) => kind)
    expect(kinds).toEqual([
      'unreported',
      'unlearned',
      'excluded',
      'suppressed',
      'dropped',
      'partly',
    ])
  })

  it('say what part a suppression is about, and reach on where it has no end', () => {
    const only = { direction: 'up', principal: 'arn:aws:iam::123456789012:role/deploy' }
    const [band] = excludedBands([{ ...suppression, only, startTime: null, endTime: null }])
    expect(band).toMatchObject({
      title: 'not reported, rises only, by role/deploy',
      ...{ fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY },
    })
  })

  it('leave out hours that are proven, and states that the page does not know', () => {
    const hours = { from: '2026-03-04T02:00:00Z', to: '2026-03-04T03:00:00Z' }
    const states = ['proven', 'gap', 'missing', 'damaged', 'constructor']
    const bands = gapBands(states.map((state) => ({ ...hours, state })))
    expect(bands.map(({ title }) => title)).toEqual(['gap', 'missing', 'damaged'])
    expect(kindsIn([...bands, ...excludedBands([one])])).toEqual(['unreported', 'gap'])
  })
})
