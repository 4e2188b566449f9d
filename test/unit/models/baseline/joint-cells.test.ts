import { describe, expect, it } from 'vitest'
import { evenCells, jointCells } from '../../../../models/baseline/joint-cells.ts'
import type { Windows } from '../../../../models/baseline/lesson-windows.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { poisson } from '../../../support/account-history.ts'
import { rowsOf, windowsOf } from '../../../support/lesson-windows.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const hour = (...counts: readonly number[]) => counts
const cells = (windows: Windows) => {
  const { exposure: given } = windows
  const found =
    given === null ? evenCells(windows, new Scratch()) : jointCells(windows, given, new Scratch())
  return rowsOf(found)
}

const counts = [...hour(0, 3, 0, 0), ...hour(0, 0, 0, 0), ...hour(1, 0, 2, 0)]

describe('jointCells', () => {
  it('puts the empty windows of an hour together', () => {
    expect(cells(windowsOf(counts, () => 0.25))).toEqual([
      [0, 0.25, 3, 0, 92],
      [3, 0.25, 1, 0, 93],
      [0, 0.25, 4, 1, 0],
      [1, 0.25, 1, 2, 4],
      [0, 0.25, 2, 2, 5],
      [2, 0.25, 1, 2, 6],
    ])
  })

  it('keeps apart what was exposed otherwise, and leaves out what was not exposed', () => {
    const windows = windowsOf(hour(0, 0, 0, 0), (at) => [5, 5, 7, 0][at] as number)
    expect(cells(windows)).toEqual([
      [0, 5, 2, 0, 92],
      [0, 7, 1, 0, 94],
    ])
  })
})

describe('evenCells', () => {
  it('are what joint ones are where all windows are exposed alike', () => {
    const random = seededRandom(5)
    const many = Array.from({ length: 4 * 24 * 3 }, () => poisson(random, 0.6))
    const full = [...hour(1, 2, 3, 4), ...hour(0, 0, 0, 5), ...hour(5, 0, 0, 0)]
    for (const each of [counts, many, full]) {
      expect(cells(windowsOf(each, null))).toEqual(cells(windowsOf(each, () => 0.25)))
    }
  })

  it('leave out what was counted before and after', () => {
    const windows = { ...windowsOf([...counts, ...counts], null), firstHour: 24, untilHour: 26 }
    expect(cells(windows)).toEqual([
      [0, 0.25, 4, 0, 0],
      [1, 0.25, 1, 1, 4],
      [0, 0.25, 2, 1, 5],
      [2, 0.25, 1, 1, 6],
    ])
  })
})
