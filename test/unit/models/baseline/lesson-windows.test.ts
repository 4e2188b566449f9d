import { expect, it } from 'vitest'
import {
  eachCount,
  firstSlot,
  nextSlot,
  windowCount,
} from '../../../../models/baseline/lesson-windows.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsAt } from '../../../support/account-history.ts'

const windows = {
  ...{ firstHour: 47, untilHour: 49, windowsPerHour: 4, exposure: null },
  counts: countsAt([187, 9], [188, 2], [195, 3], [196, 9]),
}

it('counts the windows of whole hours one by one', () => {
  expect(windowCount(windows)).toBe(8)
  expect([...eachCount(windows, new Scratch())]).toEqual([2, 0, 0, 0, 0, 0, 0, 3])
})

it('knows where in the day an hour begins', () => {
  const first = firstSlot(windows)
  const second = nextSlot(first, windows.windowsPerHour)
  expect([first, second, nextSlot(second, windows.windowsPerHour)]).toEqual([92, 0, 4])
})
