import type { Scratch } from '../series/scratch.ts'
import { daySlots } from './cap.ts'
import { evenCells, jointCells } from './joint-cells.ts'
import { eachCount, firstSlot, type WindowCells, type Windows } from './lesson-windows.ts'

/** The cells of windows; `apart`: none is put together with its neighbours. */
export function cellsOf(windows: Windows, apart: boolean, scratch: Scratch): WindowCells {
  if (apart) return singleCells(windows, scratch)
  const { exposure } = windows
  return exposure === null ? evenCells(windows, scratch) : jointCells(windows, exposure, scratch)
}

function singleCells(windows: Windows, scratch: Scratch): WindowCells {
  const { windowsPerHour } = windows
  const counts = eachCount(windows, scratch)
  const exposure = windows.exposure ?? scratch.lend(counts.length).fill(1 / windowsPerHour)
  const slots = 24 * windowsPerHour
  const slotAt = scratch.lend(counts.length)
  for (let at = 0, slot = firstSlot(windows); at < slotAt.length; at++) {
    slotAt[at] = slot
    slot = slot === slots - 1 ? 0 : slot + 1
  }
  const hourEnds = scratch.lend(counts.length / windowsPerHour)
  for (let hour = 0; hour < hourEnds.length; hour++) hourEnds[hour] = (hour + 1) * windowsPerHour
  const { seconds } = daySlots({ counts, slotAt }, slots, scratch)
  return { counts, exposure, times: null, hourEnds, slotAt, seconds, windows: counts.length }
}
