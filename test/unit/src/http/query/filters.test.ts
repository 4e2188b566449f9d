import { describe, expect, it } from 'vitest'
import {
  insightFilterFrom,
  seriesFilterFrom,
  spanFrom,
} from '../../../../../src/http/query/filters.ts'

const NOW_MS = Date.UTC(2026, 2, 5, 12)

describe('seriesFilterFrom', () => {
  it('names a service in full where it is short, and leaves out what was not asked', () => {
    expect(seriesFilterFrom({ eventSource: ['ec2', 's3.amazonaws.com'] })).toEqual({
      eventSource: ['ec2', 'ec2.amazonaws.com', 's3.amazonaws.com'],
    })
    expect(Object.keys(seriesFilterFrom({}))).toEqual([])
  })
})

describe('insightFilterFrom', () => {
  it('reckons relative moments from the moment handed in', () => {
    expect(
      insightFilterFrom({ from: '24h', to: 'now', minSeverity: 0, retracted: false }, NOW_MS),
    ).toEqual({
      fromMs: NOW_MS - 86_400_000,
      untilMs: NOW_MS,
      minSeverity: 0,
      retracted: false,
    })
  })
})

describe('spanFrom', () => {
  it('takes a plus sign that a query turned into a space', () => {
    const { fromMs } = spanFrom({ from: '2026-03-05T12:00:00 02:00' }, NOW_MS)
    expect(fromMs).toBe(NOW_MS - 2 * 3_600_000)
  })
})
