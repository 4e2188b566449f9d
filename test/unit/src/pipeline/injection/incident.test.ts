import { describe, expect, it } from 'vitest'
import {
  extraCalls,
  INCIDENT_KINDS,
  largestSize,
  usualSizes,
  windowsOf,
} from '../../../../../src/pipeline/injection/incident.ts'

const sum = (calls: readonly number[]) => calls.reduce((all, each) => all + each, 0)

describe('the calls that an incident adds', () => {
  it('come at once in a burst', () => {
    expect(extraCalls({ kind: 'burst', size: 46 }, 5)).toEqual([46])
    expect(extraCalls({ kind: 'errors', size: 3 }, 60)).toEqual([3])
  })

  it('come evenly for six hours where they are steady', () => {
    const calls = extraCalls({ kind: 'steady', size: 5 }, 5)
    expect([calls.length, sum(calls)]).toEqual([72, 30])
    for (let hour = 0; hour < 6; hour++) {
      expect(sum(calls.slice(12 * hour, 12 * hour + 12))).toBe(5)
    }
  })

  it('rise to their size an hour over a day in a ramp', () => {
    const calls = extraCalls({ kind: 'ramp', size: 48 }, 60)
    expect(calls).toEqual(Array.from({ length: 24 }, (_, hour) => 2 * hour + 1))
    expect(sum(extraCalls({ kind: 'ramp', size: 7 }, 5))).toBe(84)
  })

  it('are none in a drop, which lasts six hours', () => {
    expect(extraCalls({ kind: 'drop', size: 100 }, 30)).toEqual(new Array(12).fill(0))
    expect(windowsOf('drop', 5)).toBe(72)
  })
})

it.each(INCIDENT_KINDS)('the usual sizes of a %s ascend to no more than its largest', (kind) => {
  const sizes = usualSizes(kind)
  expect(sizes).toEqual([...new Set(sizes)].sort((one, other) => one - other))
  expect(sizes.at(-1)).toBeLessThanOrEqual(largestSize(kind))
})
