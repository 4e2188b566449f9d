import type { Scratch } from '../series/scratch.ts'
import { type DaySlots, daySlots } from './cap.ts'

/** Counts of grid windows in whole hours up to the day learned for. */
export interface Windows {
  readonly counts: Float64Array
  /** Per window: its part of an hour for calls, the calls in it for errors. */
  readonly exposure: Float64Array
  readonly windowsPerHour: number
  readonly firstHour: number
}

/**
 * The windows of a lesson, in order. Where they are put together, those of an hour are one that counted
 * nothing and were exposed alike, and those without exposure, of which nothing is expected, are left out
 * where nothing came.
 */
export interface WindowCells extends DaySlots {
  readonly counts: Float64Array
  readonly exposure: Float64Array
  /** How many windows each stands for; null: one each. */
  readonly times: Float64Array | null
  /** Where the cells of each hour end, the first of the lesson first. */
  readonly hourEnds: Float64Array
  /** Those left out are counted, too. */
  readonly windows: number
}

/** The cells of windows; `apart`: none is put together with its neighbours. */
export function cellsOf(windows: Windows, apart: boolean, scratch: Scratch): WindowCells {
  return apart ? singleCells(windows, scratch) : jointCells(windows, scratch)
}

function singleCells(windows: Windows, scratch: Scratch): WindowCells {
  const { counts, exposure, windowsPerHour, firstHour } = windows
  const slots = 24 * windowsPerHour
  const slotAt = scratch.lend(counts.length)
  for (let at = 0, slot = (firstHour % 24) * windowsPerHour; at < slotAt.length; at++) {
    slotAt[at] = slot
    slot = slot === slots - 1 ? 0 : slot + 1
  }
  const hourEnds = scratch.lend(counts.length / windowsPerHour)
  for (let hour = 0; hour < hourEnds.length; hour++) hourEnds[hour] = (hour + 1) * windowsPerHour
  return {
    ...daySlots(counts, slotAt, slots),
    ...{ counts, exposure, times: null, hourEnds, windows: counts.length },
  }
}

function jointCells(windows: Windows, scratch: Scratch): WindowCells {
  const { counts, exposure, windowsPerHour, firstHour } = windows
  const most = counts.length
  const [ofCounts, ofExposure, times, slotAt] = [
    scratch.lend(most),
    scratch.lend(most),
    scratch.lend(most),
    scratch.lend(most),
  ]
  const hourEnds = scratch.lend(most / windowsPerHour)
  let cells = 0
  for (let hour = 0, at = 0; at < most; hour++) {
    const midnight = ((firstHour + hour) % 24) * windowsPerHour
    if (isAlike(windows, at)) {
      ofCounts[cells] = 0
      ofExposure[cells] = exposure[at] as number
      times[cells] = windowsPerHour
      slotAt[cells] = midnight
      if (exposure[at] !== 0) cells++
      hourEnds[hour] = cells
      at += windowsPerHour
      continue
    }
    let quiet = -1
    for (let slot = 0; slot < windowsPerHour; slot++, at++) {
      const count = counts[at] as number
      const exposed = exposure[at] as number
      if (count === 0 && exposed === 0) continue
      if (count === 0 && quiet >= 0 && ofExposure[quiet] === exposed) {
        times[quiet] = (times[quiet] as number) + 1
        continue
      }
      if (count === 0) quiet = cells
      ofCounts[cells] = count
      ofExposure[cells] = exposed
      times[cells] = 1
      slotAt[cells] = midnight + slot
      cells++
    }
    hourEnds[hour] = cells
  }
  const taken = ofCounts.subarray(0, cells)
  return {
    ...daySlots(taken, slotAt.subarray(0, cells), 24 * windowsPerHour),
    counts: taken,
    exposure: ofExposure.subarray(0, cells),
    times: times.subarray(0, cells),
    hourEnds,
    windows: most,
  }
}

/** Whether nothing came in the hour that begins with a window, and all of it was exposed alike. */
function isAlike({ counts, exposure, windowsPerHour }: Windows, from: number): boolean {
  const exposed = exposure[from]
  for (let at = from; at < from + windowsPerHour; at++) {
    if (counts[at] !== 0 || exposure[at] !== exposed) return false
  }
  return true
}
