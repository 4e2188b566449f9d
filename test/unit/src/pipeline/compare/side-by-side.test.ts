import { describe, expect, it } from 'vitest'
import type { Insight } from '../../../../../src/insight/insight.ts'
import type { PublishedInsight } from '../../../../../src/insight/published.ts'
import { foundBy, sideBySide } from '../../../../../src/pipeline/compare/side-by-side.ts'
import { anInsight, START_MS } from '../../../../support/insights.ts'

const MINUTE_MS = 60_000

/** AWS's insight on what `anInsight` is about, from its start to its end. */
const published = (changes: Partial<PublishedInsight> = {}): PublishedInsight => ({
  ...{ id: 'aws', account: '123456789012', region: 'us-east-1', category: 'Management' },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
  ...{ insightType: 'ApiCallRateInsight', errorCode: null },
  ...{ startMs: START_MS, endMs: START_MS + 8 * MINUTE_MS, minutes: 8 },
  ...{ baselineAverage: 0.01, insightAverage: 15, ...changes },
})
const found = (aws: PublishedInsight, ours: Insight) => sideBySide([aws], [ours]).map(foundBy)

describe('sideBySide', () => {
  it.each([
    ['account', '999999999999'],
    ['region', 'eu-west-1'],
    ['eventSource', 'rds.amazonaws.com'],
    ['eventName', 'StopInstances'],
    ['insightType', 'ApiErrorRateInsight'],
    ['errorCode', 'AccessDenied'],
  ])('takes another %s for something else', (name, value) => {
    expect(found(published(), anInsight())).toEqual(['both'])
    expect(found(published({ [name]: value }), anInsight()).sort()).toEqual(['aws', 'offtrail'])
  })

  it('bridges half an hour on either side, and no more', () => {
    const at = (minutes: number) => anInsight({ startMs: START_MS + minutes * MINUTE_MS })
    const until = (minutes: number) => ({ ...at(-100), endMs: START_MS + minutes * MINUTE_MS })
    expect(found(published(), at(8 + 30))).toEqual(['both'])
    expect(found(published(), at(8 + 31))).toEqual(['aws', 'offtrail'])
    expect(found(published(), until(-30))).toEqual(['both'])
    expect(found(published(), until(-31))).toEqual(['offtrail', 'aws'])
  })

  it('takes an insight of ours that lasts for one without end, and one of AWS without End for its first minutes', () => {
    const open = anInsight({
      startMs: START_MS - 16_000 * MINUTE_MS,
      endMs: null,
      episode: null,
      state: 'open',
    })
    expect(found(published(), open)).toEqual(['both'])
    const later = anInsight({ startMs: START_MS + 36 * MINUTE_MS })
    expect(found(published({ endMs: null, minutes: 5 }), later)).toEqual(['aws', 'offtrail'])
    expect(found(published({ endMs: null, minutes: 6 }), later)).toEqual(['both'])
  })

  it('shows what shares most of the time, and the others beside it', () => {
    const touching = anInsight({ startMs: START_MS + 7 * MINUTE_MS })
    const same = anInsight()
    const [pair, ...others] = sideBySide([published()], [touching, same])
    expect([pair?.offtrail?.id, pair?.others, others]).toEqual([same.id, [touching.id], []])
  })

  it('passes over first calls of an API, which are no alarms', () => {
    expect(sideBySide([], [anInsight({ insightType: 'NewApiInsight' })])).toEqual([])
  })
})
