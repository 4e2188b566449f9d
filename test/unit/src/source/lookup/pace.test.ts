import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../../../src/source/lookup/clock.ts'
import { paceOf } from '../../../../../src/source/lookup/pace.ts'

/** A clock that is moved by hand, and says how long each sleeper was to sleep. */
function handClock() {
  let nowMs = 1_000_000
  const sleeps: number[] = []
  const clock: Clock = {
    now: () => nowMs,
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds)
    },
  }
  const moveTo = (timeMs: number): void => {
    nowMs = timeMs
  }
  return { clock, sleeps, moveTo }
}

describe('paceOf', () => {
  it('lets the first call go at once and those beside it one after the other', async () => {
    const { clock, sleeps } = handClock()
    const pace = paceOf(2, clock)
    await Promise.all([pace(), pace(), pace(), pace()])
    expect(sleeps).toEqual([500, 1000, 1500])
  })

  it('saves nothing up while nobody calls', async () => {
    const { clock, sleeps, moveTo } = handClock()
    const pace = paceOf(2, clock)
    await pace()
    moveTo(1_060_000)
    await Promise.all([pace(), pace()])
    expect(sleeps).toEqual([500])
  })

  it('waits only for what is left of the gap', async () => {
    const { clock, sleeps, moveTo } = handClock()
    const pace = paceOf(2, clock)
    await pace()
    moveTo(1_000_400)
    await pace()
    expect(sleeps).toEqual([100])
  })

  it('holds nobody up for an hour because the clock was set back by one', async () => {
    const { clock, sleeps, moveTo } = handClock()
    const pace = paceOf(2, clock)
    await pace()
    moveTo(1_000_000 - 3_600_000)
    await pace()
    expect(sleeps).toEqual([500])
  })
})
