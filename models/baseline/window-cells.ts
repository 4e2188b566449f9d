import type { Scratch } from '../series/scratch.ts'
import type { DaySlots } from './cap.ts'

/** Counts of grid windows in whole hours up to the day learned for. */
export interface Windows {
  readonly counts: Float64Array
  /** Per window: its part of an hour for calls, the calls in it for errors. */
  readonly exposure: Float64Array
  readonly windowsPerHour: number
  readonly firstHour: number
}

/**
 * The windows of a lesson, in order, those of an hour as one that counted nothing and were exposed
 * alike. Windows without exposure, of which nothing is expected, are left out where nothing came.
 */
export interface WindowCells extends DaySlots {
  readonly counts: Float64Array
  readonly exposure: Float64Array
  readonly times: Float64Array
  /** The hour of each, 0 for the first of the lesson. */
  readonly hours: Float64Array
  /** Those left out are counted, too. */
  readonly windows: number
}

/** The cells of windows; `apart`: none is put together with its neighbours. */
export function cellsOf(windows: Windows, apart: boolean, scratch: Scratch): WindowCells {
  const { counts, exposure, windowsPerHour, firstHour } = windows
  const most = counts.length
  const [ofCounts, ofExposure, times, hours, slotAt] = [
    scratch.zeros(most),
    scratch.zeros(most),
    scratch.zeros(most),
    scratch.zeros(most),
    scratch.zeros(most),
  ]
  let cells = 0
  for (let hour = 0, at = 0; at < most; hour++) {
    const midnight = ((firstHour + hour) % 24) * windowsPerHour
    let quiet = -1
    for (let slot = 0; slot < windowsPerHour; slot++, at++) {
      const count = counts[at] as number
      const exposed = exposure[at] as number
      if (count === 0 && exposed === 0) continue
      if (count === 0 && quiet >= 0 && ofExposure[quiet] === exposed) {
        times[quiet] = (times[quiet] as number) + 1
        continue
      }
      if (count === 0 && !apart) quiet = cells
      ofCounts[cells] = count
      ofExposure[cells] = exposed
      times[cells] = 1
      hours[cells] = hour
      slotAt[cells] = midnight + slot
      cells++
    }
  }
  return {
    counts: ofCounts.subarray(0, cells),
    exposure: ofExposure.subarray(0, cells),
    times: times.subarray(0, cells),
    hours: hours.subarray(0, cells),
    slotAt: slotAt.subarray(0, cells),
    slots: 24 * windowsPerHour,
    windows: most,
  }
}
