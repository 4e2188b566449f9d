import { describe, expect, it } from 'vitest'
import { CallerMemory } from '../../../../../src/pipeline/aggregates/caller-memory.ts'

const DAY = 1440

/** Calls of one API by one caller, at these minutes; what was new among them. */
function newAt(...minutes: readonly number[]): readonly number[] {
  const memory = new CallerMemory()
  for (const minute of minutes) memory.add({ identity: 'a', api: 'ec2:A', minute })
  return memory.newcomers().map(({ minute }) => minute)
}

describe('CallerMemory', () => {
  it('takes the first minute of a day, in whatever order its calls come', () => {
    expect(newAt(DAY + 50, DAY + 10, DAY + 90)).toEqual([DAY + 10])
  })

  it('forgets after 28 days without a call', () => {
    expect(newAt(10, 28 * DAY + 5)).toEqual([10])
    expect(newAt(10, 29 * DAY + 5)).toEqual([10, 29 * DAY + 5])
  })

  it('keeps callers and APIs apart', () => {
    const memory = new CallerMemory()
    memory.add({ identity: 'a', api: 'ec2:A', minute: 1 })
    memory.add({ identity: 'b', api: 'ec2:A', minute: 2 })
    memory.add({ identity: 'a', api: 'ec2:B', minute: 3 })
    expect(memory.newcomers()).toHaveLength(3)
    expect(memory.newcomers()).toHaveLength(3)
  })
})
