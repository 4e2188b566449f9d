import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type PublishedRecord,
  publishedInsights,
  publishedRecord,
} from '../../../../src/insight/published.ts'
import { recordsOf } from '../../../../src/insight/record.ts'
import { anInsight } from '../../../support/insights.ts'

interface Example {
  readonly recipientAccountId: string
  readonly insightDetails: object
}

const example = (name: string): Example =>
  JSON.parse(
    readFileSync(
      new URL(`../../../fixtures/insights-examples/${name}.json`, import.meta.url),
      'utf8',
    ),
  )

const read = (record: unknown, account: string | null = null): PublishedRecord => {
  const found = publishedRecord(record, account)
  if (typeof found === 'string') throw new Error(found)
  return found
}

/** The example with another `insightDetails`. */
const withDetails = (changes: object, name = 'call-rate-start') => {
  const record = example(name)
  return { ...record, insightDetails: { ...record.insightDetails, ...changes } }
}

describe('publishedRecord', () => {
  it('reads a Start and an End', () => {
    expect(read(example('error-rate-end'))).toEqual({
      id: 'c2a4e6f8-1b3d-4f5a-9c7e-0d2f4a6b8c05',
      ...{ account: '123456789012', region: 'us-east-1', category: 'Management' },
      ...{ eventSource: 'iam.amazonaws.com', eventName: 'GetRole' },
      ...{ insightType: 'ApiErrorRateInsight', errorCode: 'AccessDenied' },
      ...{ state: 'End', timeMs: Date.UTC(2026, 2, 4, 23, 3), minutes: 4 },
      ...{ baselineAverage: 0.0020071559, insightAverage: 7.5 },
    })
    expect(read(example('call-rate-start'))).toMatchObject({ state: 'Start', errorCode: null })
    expect(read(example('data-call-rate-start'))).toMatchObject({ category: 'Data' })
  })

  it('reads records of 2019, without durations, attributions and category', () => {
    const statistics = { baseline: { average: 1.5 }, insight: { average: 50.1 } }
    const insightDetails = {
      ...{ state: 'Start', eventSource: 'ssm.amazonaws.com', eventName: 'SendCommand' },
      ...{ insightType: 'ApiCallRateInsight', insightContext: { statistics } },
    }
    const old = { ...example('call-rate-start'), eventVersion: '1.07', insightDetails }
    expect(read(old)).toMatchObject({ category: null, minutes: null, insightAverage: 50.1 })
  })

  it('takes the account of the file where the record names none', () => {
    const { recipientAccountId: _, ...record } = example('call-rate-start')
    expect(read(record, '999999999999').account).toBe('999999999999')
    expect(publishedRecord(record, null)).toBe('neither it nor its file names an account')
  })

  it.each([
    ['no object', 'text', 'the record must be object'],
    ['a time that is none', { ...example('call-rate-start'), eventTime: 'noon' }, '/eventTime'],
    ['another state', withDetails({ state: 'Middle' }), '/insightDetails/state must be equal'],
    ['another type', withDetails({ insightType: 'Cost' }), '/insightDetails/insightType must'],
    [
      'a duration that nobody means',
      withDetails({
        insightContext: {
          statistics: { baseline: { average: 0 }, insight: { average: 1 }, insightDuration: 1e300 },
        },
      }),
      '/insightDuration must be <= 5256000',
    ],
    ['no statistics', withDetails({ insightContext: {} }), '/insightDetails/insightContext must'],
    ['errors without code', withDetails({ errorCode: null }, 'error-rate-start'), 'an errorCode'],
    [
      'a record of our own',
      recordsOf(anInsight(), { strict: false })[0],
      'Offtrail wrote it, not CloudTrail',
    ],
  ])('says why %s is none', (_, record, words) => {
    expect(publishedRecord(record, null)).toContain(words)
  })
})

describe('publishedInsights', () => {
  const start = read(example('call-rate-start'))
  const end = read(example('call-rate-end'))
  const startMs = Date.UTC(2026, 2, 4, 10, 5)

  it('makes one insight of a Start and an End, in any order, however often they are read', () => {
    const whole = {
      ...{ id: start.id, startMs, endMs: startMs + 8 * 60_000, minutes: 8 },
      ...{ insightAverage: 15, baselineAverage: start.baselineAverage },
    }
    expect(publishedInsights([end, start, end])).toEqual([expect.objectContaining(whole)])
  })

  it('knows the start of an End without its Start, and no end of a Start without its End', () => {
    expect(publishedInsights([end])).toEqual([
      expect.objectContaining({ startMs, endMs: startMs + 8 * 60_000 }),
    ])
    expect(publishedInsights([start])).toEqual([
      expect.objectContaining({ startMs, endMs: null, minutes: 5, insightAverage: 9.4 }),
    ])
    expect(publishedInsights([{ ...start, minutes: null }])[0]?.minutes).toBe(5)
  })

  it('keeps accounts apart, and puts the insights in order of their start', () => {
    const other = { ...start, account: '999999999999', timeMs: startMs - 60_000 }
    expect(publishedInsights([start, other]).map(({ account }) => account)).toEqual([
      '999999999999',
      '123456789012',
    ])
  })
})
