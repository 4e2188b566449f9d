import { describe, expect, it } from 'vitest'
import type { LevelJump, LevelPath } from '../../../../models/baseline/level.ts'
import { levelHold } from '../../../../models/baseline/level-hold.ts'

const none = new Float64Array(0)
const pathOf = (next: number, jump: LevelJump | null): LevelPath => ({
  predicted: none,
  filtered: none,
  next,
  jump,
})
const SETTLED = { rise: 1, fall: 1, before: 1, settled: true }
const risen = (age: number): LevelPath => pathOf(Math.log(4), { age, former: 0, formerDays: 14 })
const fallen = (age: number, formerDays: number): LevelPath =>
  pathOf(0, { age, former: Math.log(4), formerDays })

describe('levelHold', () => {
  it('holds nothing where no level is followed, or none jumped', () => {
    expect(levelHold(null)).toEqual(SETTLED)
    expect(levelHold(pathOf(0.3, null))).toEqual(SETTLED)
  })

  it('takes going back from a rise for no fall, until the rise is believed after a week', () => {
    const { rise, fall, before, settled } = levelHold(risen(7))
    expect(fall).toBeCloseTo(0.25, 12)
    expect(before).toBe(fall)
    expect({ rise, settled }).toEqual({ rise: 1, settled: false })
    expect(levelHold(risen(8))).toEqual({ ...SETTLED, settled: false })
  })

  it('takes going back from a fall for no rise, where the level before had held for two weeks', () => {
    expect(levelHold(fallen(14, 14)).rise).toBeCloseTo(4, 12)
    expect(levelHold(fallen(14, 14))).toMatchObject({ fall: 1, before: 1 })
    expect(levelHold(fallen(5, 13)).rise).toBe(1)
    expect(levelHold(fallen(15, 14)).rise).toBe(1)
  })

  it('is settled two weeks after the jump', () => {
    expect([14, 15].map((age) => levelHold(risen(age)).settled)).toEqual([false, true])
  })
})
