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
  const { counts, windowsPerHour, firstHour } = windows
  const most = counts.length
  const list = {
    counts: scratch.lend(most),
    exposure: scratch.lend(most),
    times: scratch.lend(most),
    slotAt: scratch.lend(most),
    length: 0,
  }
  const hourEnds = scratch.lend(most / windowsPerHour)
  for (let hour = 0; hour < hourEnds.length; hour++) {
    const place = { at: hour * windowsPerHour, slot: ((firstHour + hour) % 24) * windowsPerHour }
    if (isQuiet(windows, place.at)) add(list, windows, place, windowsPerHour)
    else addWindows(list, windows, place)
    hourEnds[hour] = list.length
  }
  const taken = list.counts.subarray(0, list.length)
  return {
    ...daySlots(taken, list.slotAt.subarray(0, list.length), 24 * windowsPerHour),
    counts: taken,
    exposure: list.exposure.subarray(0, list.length),
    times: list.times.subarray(0, list.length),
    hourEnds,
    windows: most,
  }
}

/** Cells so far. */
interface CellList {
  readonly counts: Float64Array
  readonly exposure: Float64Array
  readonly times: Float64Array
  readonly slotAt: Float64Array
  length: number
}

/** A window of a lesson and its slot of the day. */
interface Place {
  readonly at: number
  readonly slot: number
}

function add(
  list: CellList,
  { counts, exposure }: Windows,
  { at, slot }: Place,
  times: number,
): void {
  list.counts[list.length] = counts[at] as number
  list.exposure[list.length] = exposure[at] as number
  list.times[list.length] = times
  list.slotAt[list.length] = slot
  list.length++
}

/** Adds the windows of the hour that begins at a place. */
function addWindows(list: CellList, windows: Windows, { at: from, slot: first }: Place): void {
  const { counts, exposure, windowsPerHour } = windows
  let quiet = -1
  for (let slot = 0, at = from; slot < windowsPerHour; slot++, at++) {
    if (counts[at] === 0) {
      if (exposure[at] === 0) continue
      if (quiet >= 0 && list.exposure[quiet] === exposure[at]) {
        list.times[quiet] = (list.times[quiet] as number) + 1
        continue
      }
      quiet = list.length
    }
    add(list, windows, { at, slot: first + slot }, 1)
  }
}

/** Whether nothing came in the hour that begins with a window, and all of it was exposed alike. */
function isQuiet({ counts, exposure, windowsPerHour }: Windows, from: number): boolean {
  const exposed = exposure[from]
  if (exposed === 0) return false
  for (let at = from; at < from + windowsPerHour; at++) {
    if (counts[at] !== 0 || exposure[at] !== exposed) return false
  }
  return true
}
