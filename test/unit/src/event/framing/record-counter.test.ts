import { describe, expect, it } from 'vitest'
import { RecordCounter } from '../../../../../src/event/framing/record-counter.ts'
import { trailRecord } from '../../../../support/trail-records.ts'

const GOOD = JSON.stringify(trailRecord(0))

function countOf(text: string, chunkBytes = 7): number {
  const counter = new RecordCounter()
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += chunkBytes)
    counter.feed(bytes.subarray(at, at + chunkBytes))
  return counter.count
}

describe('RecordCounter', () => {
  it.each([
    ['records in a list', `${GOOD},${GOOD}]}`, 2],
    ['records inside others', `{"a":{"b":${GOOD}}}`, 1],
    ['braces that close nothing', `}}},${GOOD}`, 1],
    ['a record that is cut off', `${GOOD},${GOOD.slice(0, -1)}`, 1],
    ['the rest of a string, until its line ends', `ails"}}},\n${GOOD}`, 1],
    ['names in strings', '{"a":"\\"eventName\\":","b":"eventTime"}', 0],
    ['one field alone', '{"eventName":"x"}', 0],
    ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}${GOOD}`, 1],
    ['nothing', '', 0],
  ])('of %s', (_title, text, count) => {
    expect(countOf(text)).toBe(count)
    expect(countOf(text, 1)).toBe(count)
  })
})
