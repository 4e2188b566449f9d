import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type InsightRecord, recordsOf } from '../../../../src/insight/record.ts'
import { anyInsight } from '../../../support/insights.ts'

const RECORD_KEYS = [
  'eventVersion',
  'eventTime',
  'awsRegion',
  'eventID',
  'eventType',
  'recipientAccountId',
  'sharedEventID',
  'insightDetails',
  'eventCategory',
]
const DETAIL_KEYS = [
  'state',
  'eventSource',
  'eventName',
  'insightType',
  'errorCode',
  'sourceEventCategory',
  'insightContext',
  'offtrail',
]
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const inOrder = (value: object, order: readonly string[]) =>
  expect(Object.keys(value)).toEqual(order.filter((key) => Object.hasOwn(value, key)))

/** What aws-cloudtrail-processing-library asks of an Insights record, read from its source. */
function expectParsedByAws(record: InsightRecord): void {
  const read = JSON.parse(JSON.stringify(record))
  expect(read.eventID).toMatch(UUID)
  expect(read.eventTime).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00Z$/)
  const { statistics, attributions = [] } = read.insightDetails.insightContext
  for (const part of [statistics.baseline, statistics.insight])
    expect(Object.values(part).map((value) => typeof value)).toEqual(['number'])
  expect(Number.isInteger(statistics.insightDuration)).toBe(true)
  expect(Number.isInteger(statistics.baselineDuration)).toBe(true)
  expect(Array.isArray(attributions)).toBe(true)
  for (const { insight, baseline } of attributions)
    expect(Array.isArray(insight) && Array.isArray(baseline)).toBe(true)
  expect(Object.values(read.insightDetails.offtrail ?? {})).not.toContain(null)
}

it('writes records that AWS can parse, keys in its order, whatever text events bring', () => {
  fc.assert(
    fc.property(anyInsight, fc.boolean(), (insight, strict) => {
      for (const record of recordsOf(insight, { strict })) {
        inOrder(record, RECORD_KEYS)
        inOrder(record.insightDetails, DETAIL_KEYS)
        expectParsedByAws(record)
        expect(Object.hasOwn(record.insightDetails, 'offtrail')).toBe(!strict)
      }
    }),
  )
})

it('gives the Start and the End one shared id, one baseline and ids of their own', () => {
  fc.assert(
    fc.property(anyInsight, (insight) => {
      const [start, end] = recordsOf(insight, { strict: false })
      fc.pre(start !== undefined && end !== undefined)
      expect(start.sharedEventID).toBe(end.sharedEventID)
      expect(start.eventID).not.toBe(end.eventID)
      const baselines = [start, end].map(({ insightDetails }) => {
        const { baseline, baselineDuration } = insightDetails.insightContext.statistics
        return { baseline, baselineDuration }
      })
      expect(baselines[0]).toEqual(baselines[1])
      const { insightDuration } = end.insightDetails.insightContext.statistics
      const lasted = Date.parse(end.eventTime) - Date.parse(start.eventTime)
      expect(insightDuration).toBe(lasted / 60_000)
    }),
  )
})
