import { describe, expect, it } from 'vitest'
import type { CallerDay } from '../../../../../src/pipeline/aggregates/caller-days.ts'
import { CallerMemory } from '../../../../../src/pipeline/aggregates/caller-memory.ts'

const DAY = 1440

/** Days of one API and one caller, by the first minutes of their calls; what was new among them. */
function newAt(...minutes: readonly number[]): readonly number[] {
  const memory = new CallerMemory()
  for (const minute of minutes) memory.add(dayOf('a', 'ec2:A', minute))
  return memory.newcomers().map(({ minute }) => minute)
}

function dayOf(identity: string, api: string, minute: number): CallerDay {
  return { identity, api, day: Math.floor(minute / DAY), minutes: [minute, minute + 1] }
}

describe('CallerMemory', () => {
  it('takes the first minute of a day', () => {
    expect(newAt(DAY + 10)).toEqual([DAY + 10])
  })

  it('forgets after 28 days without a call', () => {
    expect(newAt(10, 28 * DAY + 5)).toEqual([10])
    expect(newAt(10, 29 * DAY + 5)).toEqual([10, 29 * DAY + 5])
  })

  it('knows calls of days of which nobody asks', () => {
    const memory = new CallerMemory()
    memory.note({ identity: 'a', api: 'ec2:A', minute: 10 })
    memory.note({ identity: 'a', api: 'ec2:B', minute: DAY + 10 })
    memory.add(dayOf('a', 'ec2:A', 29 * DAY))
    memory.add(dayOf('a', 'ec2:B', 29 * DAY))
    memory.add(dayOf('b', 'ec2:B', 29 * DAY))
    expect(memory.newcomers().map(({ identity, api }) => identity + api)).toEqual([
      'aec2:A',
      'bec2:B',
    ])
  })

  it('keeps callers and APIs apart', () => {
    const memory = new CallerMemory()
    memory.add(dayOf('a', 'ec2:A', 1))
    memory.add(dayOf('b', 'ec2:A', 2))
    memory.add(dayOf('a', 'ec2:B', 3))
    expect(memory.newcomers()).toHaveLength(3)
    expect(memory.newcomers()).toHaveLength(3)
  })
})
