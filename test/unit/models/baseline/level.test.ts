import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LevelPath, levelPath } from '../../../../models/baseline/level.ts'

/** The path of day totals beside a profile that expects 1000 of every day. */
const pathOf = (...counts: readonly number[]): LevelPath =>
  levelPath(
    { counts: Float64Array.from(counts), means: new Float64Array(counts.length).fill(1000) },
    1,
  )
const days = (length: number, count: number): readonly number[] => new Array(length).fill(count)

describe('levelPath', () => {
  it('stays where the profile is right', () => {
    const { predicted, filtered, next, jump } = pathOf(...days(28, 1000))
    expect(Math.max(...predicted.map(Math.abs), ...filtered.map(Math.abs))).toBeCloseTo(0, 10)
    expect(next).toBeCloseTo(0, 10)
    expect(jump).toBeNull()
  })

  it('is empty without days', () => {
    expect(pathOf()).toMatchObject({ next: 0, jump: null })
  })

  it('learns nothing from one day far off', () => {
    const { next, jump, filtered } = pathOf(...days(14, 1000), 20_000, ...days(13, 1000))
    expect(Math.exp(next)).toBeCloseTo(1, 2)
    expect(Math.exp(filtered[14] as number)).toBeCloseTo(1, 2)
    expect(jump).toBeNull()
  })

  it('takes two days far off on the same side for a new level, known afterwards and not before', () => {
    const { predicted, filtered, next, jump } = pathOf(...days(20, 1000), ...days(8, 5000))
    expect(jump).toMatchObject({ age: 8, formerDays: 20 })
    expect(Math.exp(jump?.former as number)).toBeCloseTo(1, 1)
    expect(Math.exp(next)).toBeCloseTo(5, 1)
    expect(Math.exp(predicted[20] as number)).toBeCloseTo(1, 1)
    expect(Math.exp(predicted[21] as number)).toBeCloseTo(1, 1)
    expect(Math.exp(predicted[22] as number)).toBeCloseTo(5, 0)
    expect(Math.exp(filtered[20] as number)).toBeCloseTo(5, 0)
  })

  it('takes two days far off on different sides for two odd days', () => {
    expect(pathOf(...days(14, 1000), 9000, 100, ...days(12, 1000)).jump).toBeNull()
  })

  it('follows a fall to nothing, and days of nothing', () => {
    const { next, jump } = pathOf(...days(20, 1000), ...days(8, 0))
    expect(jump?.age).toBe(8)
    expect(Math.exp(next)).toBeLessThan(0.1)
  })

  it('goes along with a slow drift', () => {
    const drift = Array.from({ length: 28 }, (_, day) => Math.round(1000 * 1.04 ** day))
    const { next, jump } = pathOf(...drift)
    expect(jump).toBeNull()
    expect(Math.exp(next)).toBeGreaterThan(2)
    expect(Math.exp(next)).toBeLessThan(3.2)
  })

  it('jumps less easily where one day usually differs from the next', () => {
    const wild = Array.from({ length: 28 }, (_, day) => [200, 5000, 1000][day % 3] as number)
    expect(pathOf(...wild).jump).toBeNull()
  })

  it('sees a jump after two days on days that scatter: a jump is no scatter', () => {
    const scattered = Array.from({ length: 28 }, (_, day) => [900, 1100, 1000][day % 3] as number)
    const { jump } = pathOf(...scattered, 3100, 2900)
    expect(jump).toMatchObject({ age: 2, formerDays: 28 })
  })

  it('jumps less easily where calls come in clusters', () => {
    const few = { means: new Float64Array(28).fill(30), counts: Float64Array.from(days(28, 30)) }
    few.counts.fill(75, 26)
    expect(levelPath(few, 1).jump).not.toBeNull()
    expect(levelPath(few, 20).jump).toBeNull()
  })
})

describe('what a level is learned from', () => {
  it('passes over days of which nothing is expected', () => {
    const means = Float64Array.from(days(28, 1000))
    means.fill(0, 10, 17)
    const counts = Float64Array.from(days(28, 1000))
    const { predicted, next } = levelPath({ counts, means }, 1)
    expect(next).toBeCloseTo(0, 2)
    expect(predicted[16]).toBe(predicted[11])
  })

  it('lets no day take part in what was known before it, but for how far days scatter', () => {
    // So clustered that how far days scatter does not matter.
    const knownOf = (...counts: readonly number[]) =>
      levelPath(
        { counts: Float64Array.from(counts), means: new Float64Array(counts.length).fill(1000) },
        1e6,
      )
    const some = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 9000 }), (counts, last) => {
        const before = knownOf(...counts)
        const after = knownOf(...counts, last)
        expect([...after.predicted.subarray(0, counts.length)]).toEqual([...before.predicted])
        expect(after.predicted[counts.length]).toBe(before.next)
      }),
      { seed: 7 },
    )
  })
})
