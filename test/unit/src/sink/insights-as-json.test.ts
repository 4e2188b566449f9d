import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordsOf } from '../../../../src/insight/record.ts'
import { insightView } from '../../../../src/insight/view.ts'
import {
  insightsAsJson,
  insightsAsNdjson,
  recordsAsNdjson,
} from '../../../../src/sink/insights-as-json.ts'
import { anInsight, anyInsight } from '../../../support/insights.ts'

const insights = fc.array(anyInsight, { maxLength: 4 })
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
/** JSON has no -0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('insightsAsNdjson', () => {
  it('writes one insight a line, each as over HTTP', () => {
    fc.assert(
      fc.property(insights, (some) => {
        expect(linesOf(insightsAsNdjson(some))).toEqual(asJson(some.map(insightView)))
      }),
    )
  })
})

describe('insightsAsJson', () => {
  it('writes one array of the same objects', () => {
    fc.assert(
      fc.property(insights, (some) => {
        expect(JSON.parse(insightsAsJson(some))).toEqual(asJson(some.map(insightView)))
      }),
    )
  })

  it('ends with a line feed, also when empty', () => {
    expect(insightsAsJson([])).toBe('[]\n')
    expect(insightsAsJson([anInsight()])).toMatch(/^\[\n {2}\{.*\}\n\]\n$/)
  })
})

describe('recordsAsNdjson', () => {
  it('writes one record a line, Start before End', () => {
    const records = linesOf(recordsAsNdjson([anInsight()], { strict: true }))
    expect(records).toEqual(recordsOf(anInsight(), { strict: true }))
    expect(records).toHaveLength(2)
  })
})
