import { cellsBefore } from '../series/counts.ts'
import type { Scratch } from '../series/scratch.ts'
import { daySlots } from './cap.ts'
import {
  eachCount,
  firstSlot,
  nextSlot,
  type WindowCells,
  type Windows,
  windowCount,
} from './lesson-windows.ts'

/** Where all windows are exposed alike: an hour has a cell for each count, and one for the others together. */
export function evenCells(windows: Windows, scratch: Scratch): WindowCells {
  const { counts, firstHour, untilHour, windowsPerHour } = windows
  const { at, count } = counts
  const part = 1 / windowsPerHour
  let cell = cellsBefore(counts, firstHour * windowsPerHour)
  const last = cellsBefore(counts, untilHour * windowsPerHour)
  const hourEnds = scratch.lend(untilHour - firstHour)
  const list = listOf(windowCount(windows), scratch)
  for (let hour = 0, slot = firstSlot(windows); hour < hourEnds.length; hour++) {
    const begin = (firstHour + hour) * windowsPerHour
    let end = cell
    while (end < last && (at[end] as number) < begin + windowsPerHour) end++
    // The quiet ones stand where the first of them does.
    let quiet = windowsPerHour - (end - cell)
    for (let place = 0; cell < end; cell++, place++) {
      const busy = (at[cell] as number) - begin
      if (quiet > 0 && busy > place) {
        add(list, { count: 0, exposure: part, times: quiet, slot: slot + place })
        quiet = 0
      }
      add(list, { count: count[cell] as number, exposure: part, times: 1, slot: slot + busy })
    }
    if (quiet > 0) {
      const place = windowsPerHour - quiet
      add(list, { count: 0, exposure: part, times: quiet, slot: slot + place })
    }
    hourEnds[hour] = list.length
    slot = nextSlot(slot, windowsPerHour)
  }
  return cellsIn(list, { hourEnds, windows, scratch })
}

/**
 * Where windows are exposed each in its own way: those of an hour are one cell that counted nothing and were exposed alike,
 * and those without exposure are left out where nothing came.
 */
export function jointCells(
  windows: Windows,
  exposure: Float64Array,
  scratch: Scratch,
): WindowCells {
  const { windowsPerHour } = windows
  const each = { counts: eachCount(windows, scratch), exposure, windowsPerHour }
  const list = listOf(each.counts.length, scratch)
  const hourEnds = scratch.lend(each.counts.length / windowsPerHour)
  for (let hour = 0, slot = firstSlot(windows); hour < hourEnds.length; hour++) {
    const at = hour * windowsPerHour
    if (isQuiet(each, at)) {
      add(list, { count: 0, exposure: exposure[at] as number, times: windowsPerHour, slot })
    } else addWindows(list, each, { at, slot })
    hourEnds[hour] = list.length
    slot = nextSlot(slot, windowsPerHour)
  }
  return cellsIn(list, { hourEnds, windows, scratch })
}

function cellsIn(
  list: CellList,
  {
    hourEnds,
    windows,
    scratch,
  }: { readonly hourEnds: Float64Array; readonly windows: Windows; readonly scratch: Scratch },
): WindowCells {
  const counts = list.counts.subarray(0, list.length)
  const slotAt = list.slotAt.subarray(0, list.length)
  const { seconds } = daySlots({ counts, slotAt }, 24 * windows.windowsPerHour, scratch)
  return {
    counts,
    exposure: list.exposure.subarray(0, list.length),
    times: list.times.subarray(0, list.length),
    hourEnds,
    slotAt,
    seconds,
    windows: windowCount(windows),
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

function listOf(most: number, scratch: Scratch): CellList {
  return {
    counts: scratch.lend(most),
    exposure: scratch.lend(most),
    times: scratch.lend(most),
    slotAt: scratch.lend(most),
    length: 0,
  }
}

interface Cell {
  readonly count: number
  readonly exposure: number
  readonly times: number
  readonly slot: number
}

function add(list: CellList, { count, exposure, times, slot }: Cell): void {
  list.counts[list.length] = count
  list.exposure[list.length] = exposure
  list.times[list.length] = times
  list.slotAt[list.length] = slot
  list.length++
}

/** Windows one by one. */
interface EachWindow {
  readonly counts: Float64Array
  readonly exposure: Float64Array
  readonly windowsPerHour: number
}

/** Adds the windows of the hour that begins at a place, whose slot of the day is known. */
function addWindows(
  list: CellList,
  { counts, exposure, windowsPerHour }: EachWindow,
  { at: from, slot: first }: { readonly at: number; readonly slot: number },
): void {
  let quiet = -1
  for (let slot = 0, at = from; slot < windowsPerHour; slot++, at++) {
    const exposed = exposure[at] as number
    if (counts[at] === 0) {
      if (exposed === 0) continue
      if (quiet >= 0 && list.exposure[quiet] === exposed) {
        list.times[quiet] = (list.times[quiet] as number) + 1
        continue
      }
      quiet = list.length
    }
    add(list, { count: counts[at] as number, exposure: exposed, times: 1, slot: first + slot })
  }
}

/** Whether nothing came in the hour that begins with a window, and all of it was exposed alike. */
function isQuiet({ counts, exposure, windowsPerHour }: EachWindow, from: number): boolean {
  const exposed = exposure[from]
  if (exposed === 0) return false
  for (let at = from; at < from + windowsPerHour; at++) {
    if (counts[at] !== 0 || exposure[at] !== exposed) return false
  }
  return true
}
