import { describe, expect, it } from 'vitest'
import { type CallerDay, CallerDays } from '../../../../../src/pipeline/aggregates/caller-days.ts'

const DAY = 1440

/** Calls as `caller api minute`; what was handed over of each caller, API and day. */
function daysOf(calls: readonly string[]): readonly CallerDay[] {
  const found: CallerDay[] = []
  const days = new CallerDays((day) => found.push(day))
  for (const call of calls) {
    const [identity = '', api = '', minute] = call.split(' ')
    days.add({ identity, api, minute: Number(minute) })
  }
  days.end()
  return found
}

describe('CallerDays', () => {
  it('gathers the minutes of a caller, an API and a day, in whatever order its calls come', () => {
    const calls = ['a ec2:A 30', 'a ec2:B 5', 'b ec2:A 7', 'a ec2:A 10', `a ec2:A ${DAY}`]
    expect(daysOf(calls)).toEqual([
      { identity: 'a', api: 'ec2:A', day: 0, minutes: [10, 30] },
      { identity: 'b', api: 'ec2:A', day: 0, minutes: [7] },
      { identity: 'a', api: 'ec2:B', day: 0, minutes: [5] },
      { identity: 'a', api: 'ec2:A', day: 1, minutes: [DAY] },
    ])
  })

  it('hands over nothing of a day before it is over, and no day twice', () => {
    const found: CallerDay[] = []
    const days = new CallerDays((day) => found.push(day))
    days.add({ identity: 'a', api: 'ec2:A', minute: 1 })
    expect(found).toEqual([])
    days.add({ identity: 'a', api: 'ec2:A', minute: DAY })
    expect(found).toHaveLength(1)
    days.end()
    days.end()
    expect(found).toHaveLength(2)
  })
})
